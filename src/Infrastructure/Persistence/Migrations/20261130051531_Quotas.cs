using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Quotas : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "Bytes",
                table: "Quizzes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "Quizzes",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "Bytes",
                table: "Interviews",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "Owner",
                table: "Interviews",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "ClientKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "GraphRegistrations",
                columns: table => new
                {
                    Graph = table.Column<long>(type: "INTEGER", nullable: false),
                    Client = table.Column<string>(type: "TEXT", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GraphRegistrations", x => new { x.Graph, x.Client });
                    table.ForeignKey(
                        name: "FK_GraphRegistrations_Graphs_Graph",
                        column: x => x.Graph,
                        principalTable: "Graphs",
                        principalColumn: "Sequence",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Holdings",
                columns: table => new
                {
                    Kind = table.Column<string>(type: "TEXT", nullable: false),
                    Client = table.Column<string>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    UsedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Holdings", x => new { x.Kind, x.Client });
                });

            migrationBuilder.CreateTable(
                name: "GraphAliases",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Alias = table.Column<string>(type: "TEXT", nullable: false),
                    Graph = table.Column<long>(type: "INTEGER", nullable: false),
                    Client = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GraphAliases", x => x.Sequence);
                    table.ForeignKey(
                        name: "FK_GraphAliases_GraphRegistrations_Graph_Client",
                        columns: x => new { x.Graph, x.Client },
                        principalTable: "GraphRegistrations",
                        principalColumns: new[] { "Graph", "Client" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Quizzes_Finished",
                table: "Quizzes",
                column: "Owner",
                filter: "\"FinishedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Quizzes_Owner",
                table: "Quizzes",
                column: "Owner");

            migrationBuilder.CreateIndex(
                name: "IX_Interviews_Marked",
                table: "Interviews",
                column: "Owner",
                filter: "\"MarkedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Interviews_Owner",
                table: "Interviews",
                column: "Owner");

            migrationBuilder.CreateIndex(
                name: "IX_GraphAliases_Alias_Client",
                table: "GraphAliases",
                columns: new[] { "Alias", "Client" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_GraphAliases_Graph_Client",
                table: "GraphAliases",
                columns: new[] { "Graph", "Client" });

            migrationBuilder.CreateIndex(
                name: "IX_GraphRegistrations_Client_UsedAt_Graph",
                table: "GraphRegistrations",
                columns: new[] { "Client", "UsedAt", "Graph" });

            migrationBuilder.CreateIndex(
                name: "IX_Holdings_Kind_Bytes_UsedAt",
                table: "Holdings",
                columns: new[] { "Kind", "Bytes", "UsedAt" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "IX_Holdings_Kind_Count_UsedAt",
                table: "Holdings",
                columns: new[] { "Kind", "Count", "UsedAt" },
                descending: new[] { false, true, false });

            // What is there belongs to clients that nobody knows. The column is dropped by SQL, since EF Core would copy the whole table outside the transaction.
            migrationBuilder.Sql(
                """
                INSERT INTO ClientKeys (Id, Key) VALUES (1, randomblob(32));
                INSERT INTO GraphRegistrations (Graph, Client, Bytes, UsedAt)
                SELECT Sequence, '', LENGTH(Canonical) + LENGTH(CAST(Declarations AS BLOB)) + 256, strftime('%s', CreatedAt) * 10000000 + 621355968000000000 FROM Graphs;
                INSERT INTO GraphAliases (Alias, Graph, Client) SELECT Alias, Sequence, '' FROM Graphs WHERE Alias IS NOT NULL ORDER BY Sequence;
                DROP INDEX IX_Graphs_Alias;
                ALTER TABLE Graphs DROP COLUMN Alias;
                UPDATE Quizzes SET Owner = COALESCE(LearnerId, ''), Bytes = (SELECT COALESCE(SUM(LENGTH(Variant)), 0) FROM QuizItems WHERE Quiz = Sequence);
                UPDATE Interviews SET Owner = COALESCE(LearnerId, ''), Bytes = LENGTH(Document);
                """);
            migrationBuilder.Sql(HoldingTriggers.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(HoldingTriggers.Drop);
            migrationBuilder.Sql(
                """
                ALTER TABLE Graphs ADD COLUMN Alias TEXT NULL;
                UPDATE Graphs SET Alias = (SELECT Alias FROM GraphAliases WHERE Graph = Graphs.Sequence ORDER BY Sequence LIMIT 1);
                CREATE UNIQUE INDEX IX_Graphs_Alias ON Graphs (Alias);
                """);

            migrationBuilder.DropTable(
                name: "ClientKeys");

            migrationBuilder.DropTable(
                name: "GraphAliases");

            migrationBuilder.DropTable(
                name: "Holdings");

            migrationBuilder.DropTable(
                name: "GraphRegistrations");

            migrationBuilder.DropIndex(
                name: "IX_Quizzes_Finished",
                table: "Quizzes");

            migrationBuilder.DropIndex(
                name: "IX_Quizzes_Owner",
                table: "Quizzes");

            migrationBuilder.DropIndex(
                name: "IX_Interviews_Marked",
                table: "Interviews");

            migrationBuilder.DropIndex(
                name: "IX_Interviews_Owner",
                table: "Interviews");

            migrationBuilder.Sql(
                """
                ALTER TABLE Quizzes DROP COLUMN Bytes;
                ALTER TABLE Quizzes DROP COLUMN Owner;
                ALTER TABLE Interviews DROP COLUMN Bytes;
                ALTER TABLE Interviews DROP COLUMN Owner;
                """);
        }
    }
}
