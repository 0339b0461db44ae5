using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Backprop.Infrastructure.Persistence.Questions;

/// <summary>
/// The table of questions. The indexes cover only questions that are not retired; there is one for each set of filters. Every SQLite index ends with
/// the sequence, so each also gives the order of creation; those with the difficulty second give that order too.
/// </summary>
public sealed class StoredQuestionConfiguration : IEntityTypeConfiguration<StoredQuestion>
{
    private const string GivenOut = "\"RetiredAt\" IS NULL";

    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredQuestion> builder)
    {
        builder.ToTable("Questions");
        builder.HasKey(question => question.Sequence);
        builder.Property(question => question.Sequence).ValueGeneratedOnAdd();
        builder.Property(question => question.Id).IsRequired();
        builder.HasIndex(question => question.Id).IsUnique();
        builder.HasOne<StoredTopic>().WithMany().HasForeignKey(question => question.Topic).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(question => question.Text).WithOne().HasForeignKey<StoredText>(text => text.Question);
        builder.HasMany(question => question.Versions).WithOne().HasForeignKey(version => version.Question).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(question => question.Companies).WithOne().HasForeignKey(company => company.Question);

        builder.HasIndex(question => question.Topic).HasFilter(GivenOut);
        builder.HasIndex(question => question.Kind).HasFilter(GivenOut);
        builder.HasIndex(question => question.Difficulty).HasFilter(GivenOut);
        builder.HasIndex(question => new { question.Topic, question.Difficulty }).HasFilter(GivenOut);
        builder.HasIndex(question => new { question.Kind, question.Difficulty }).HasFilter(GivenOut);
        builder.HasIndex(question => new { question.Topic, question.Kind, question.Difficulty }).HasFilter(GivenOut);
        builder.HasIndex(question => new { question.Open, question.Topic, question.Kind, question.Difficulty }).HasFilter($"{GivenOut} AND \"Open\"");
    }
}

/// <summary>The texts. Triggers keep the full-text index in sync with this table.</summary>
public sealed class StoredTextConfiguration : IEntityTypeConfiguration<StoredText>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredText> builder)
    {
        builder.ToTable("QuestionTexts");
        builder.HasKey(text => text.Question);
        builder.Property(text => text.Question).ValueGeneratedNever();
        builder.Property(text => text.Keywords).HasDefaultValue("");
    }
}

/// <summary>The companies, indexed by name and by question.</summary>
public sealed class StoredCompanyConfiguration : IEntityTypeConfiguration<StoredCompany>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredCompany> builder)
    {
        builder.ToTable("QuestionCompanies");
        builder.HasKey(company => new { company.Company, company.Question });
        builder.Property(company => company.Company).UseCollation("NOCASE");
        builder.HasIndex(company => new { company.Question, company.Company });
    }
}

/// <summary>The versions.</summary>
public sealed class StoredVersionConfiguration : IEntityTypeConfiguration<StoredVersion>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredVersion> builder)
    {
        builder.ToTable("QuestionVersions");
        builder.HasKey(version => new { version.Question, version.Version });
    }
}

/// <summary>The topics.</summary>
public sealed class StoredTopicConfiguration : IEntityTypeConfiguration<StoredTopic>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<StoredTopic> builder)
    {
        builder.ToTable("Topics");
        builder.HasKey(topic => topic.Id);
    }
}

/// <summary>The state of the bank: one row, created with the table.</summary>
public sealed class BankStateConfiguration : IEntityTypeConfiguration<BankState>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<BankState> builder)
    {
        builder.ToTable("QuestionBank");
        builder.HasKey(state => state.Key);
        builder.Property(state => state.Key).ValueGeneratedNever();
        builder.HasData(new BankState { Key = BankState.TheOne, Revision = Guid.Empty });
    }
}

/// <summary>The full-text index, which is created and queried with SQL.</summary>
public sealed class TextMatchConfiguration : IEntityTypeConfiguration<TextMatch>
{
    /// <inheritdoc/>
    public void Configure(EntityTypeBuilder<TextMatch> builder) => builder.HasNoKey().ToView(null);
}
