using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class QuestionKeywords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(QuestionSearchSql.DropTriggers);
            migrationBuilder.Sql(QuestionSearchSql.Drop);
            migrationBuilder.AddColumn<string>(
                name: "Keywords",
                table: "QuestionTexts",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.Sql(QuestionSearchSql.CreateWithKeywords);
            migrationBuilder.Sql(QuestionSearchSql.Fill);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(QuestionSearchSql.DropTriggers);
            migrationBuilder.Sql(QuestionSearchSql.Drop);
            migrationBuilder.Sql("ALTER TABLE QuestionTexts DROP COLUMN Keywords;");
            migrationBuilder.Sql(QuestionSearchSql.CreateWithoutKeywords);
            migrationBuilder.Sql(QuestionSearchSql.Fill);
        }
    }
}
