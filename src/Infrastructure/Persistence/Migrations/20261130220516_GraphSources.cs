using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class GraphSources : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "Sources",
                table: "Graphs",
                type: "BLOB",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE Graphs DROP COLUMN Sources;");
        }
    }
}
