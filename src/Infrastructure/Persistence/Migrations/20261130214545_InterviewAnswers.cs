using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class InterviewAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Answer",
                table: "Interviews",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql(HoldingTriggers.CreateResized);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(HoldingTriggers.DropResized);
            migrationBuilder.Sql("ALTER TABLE Interviews DROP COLUMN Answer;");
        }
    }
}
