using Backprop.Infrastructure.Persistence.Questions;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class ContentHash : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Content",
                table: "QuestionBank",
                type: "BLOB",
                nullable: true);

            migrationBuilder.Sql(LoadedContentTriggers.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(LoadedContentTriggers.Drop);
            migrationBuilder.Sql("ALTER TABLE QuestionBank DROP COLUMN Content;");
        }
    }
}
