using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class StudySets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Hidden",
                table: "Quizzes",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "AnotherOf",
                table: "QuizItems",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Named",
                table: "QuizItems",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Practises",
                table: "QuizItems",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Tried",
                table: "QuizItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Tries",
                table: "QuizItems",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.Sql("UPDATE QuizItems SET Tried = 1 WHERE AnsweredAt IS NOT NULL;");
            migrationBuilder.Sql(HoldingTriggers.CreateResizedForQuizzes);

            migrationBuilder.AddColumn<string>(
                name: "Group",
                table: "Questions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "LearnerNotes",
                columns: table => new
                {
                    LearnerId = table.Column<string>(type: "TEXT", nullable: false),
                    QuestionId = table.Column<string>(type: "TEXT", nullable: false),
                    Starred = table.Column<bool>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: true),
                    UpdatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LearnerNotes", x => new { x.LearnerId, x.QuestionId });
                    table.ForeignKey(
                        name: "FK_LearnerNotes_Learners_LearnerId",
                        column: x => x.LearnerId,
                        principalTable: "Learners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "QuestionReports",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    QuestionId = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    LearnerId = table.Column<string>(type: "TEXT", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    ReportedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuestionReports", x => x.Sequence);
                    table.ForeignKey(
                        name: "FK_QuestionReports_Learners_LearnerId",
                        column: x => x.LearnerId,
                        principalTable: "Learners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "QuizTries",
                columns: table => new
                {
                    Quiz = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Try = table.Column<int>(type: "INTEGER", nullable: false),
                    AnsweredAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Answer = table.Column<string>(type: "TEXT", nullable: false),
                    Score = table.Column<double>(type: "REAL", nullable: false),
                    Feedback = table.Column<string>(type: "TEXT", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuizTries", x => new { x.Quiz, x.Number, x.Try });
                    table.ForeignKey(
                        name: "FK_QuizTries_QuizItems_Quiz_Number",
                        columns: x => new { x.Quiz, x.Number },
                        principalTable: "QuizItems",
                        principalColumns: new[] { "Quiz", "Number" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "StudyMarks",
                columns: table => new
                {
                    LearnerId = table.Column<string>(type: "TEXT", nullable: false),
                    StudySet = table.Column<string>(type: "TEXT", nullable: false),
                    Item = table.Column<string>(type: "TEXT", nullable: false),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StudyMarks", x => new { x.LearnerId, x.StudySet, x.Item });
                    table.ForeignKey(
                        name: "FK_StudyMarks_Learners_LearnerId",
                        column: x => x.LearnerId,
                        principalTable: "Learners",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_QuestionReports_LearnerId",
                table: "QuestionReports",
                column: "LearnerId");

            migrationBuilder.CreateIndex(
                name: "IX_QuestionReports_Owner",
                table: "QuestionReports",
                column: "Owner");

            migrationBuilder.CreateIndex(
                name: "IX_QuestionReports_QuestionId",
                table: "QuestionReports",
                column: "QuestionId");

            migrationBuilder.CreateIndex(
                name: "IX_QuizTries_Quiz_IdempotencyKey",
                table: "QuizTries",
                columns: new[] { "Quiz", "IdempotencyKey" },
                unique: true,
                filter: "\"IdempotencyKey\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(HoldingTriggers.DropResizedForQuizzes);

            migrationBuilder.DropTable(
                name: "LearnerNotes");

            migrationBuilder.DropTable(
                name: "QuestionReports");

            migrationBuilder.DropTable(
                name: "QuizTries");

            migrationBuilder.DropTable(
                name: "StudyMarks");

            migrationBuilder.Sql("ALTER TABLE Quizzes DROP COLUMN \"Hidden\";");
            migrationBuilder.Sql("ALTER TABLE QuizItems DROP COLUMN \"AnotherOf\";");
            migrationBuilder.Sql("ALTER TABLE QuizItems DROP COLUMN \"Named\";");
            migrationBuilder.Sql("ALTER TABLE QuizItems DROP COLUMN \"Practises\";");
            migrationBuilder.Sql("ALTER TABLE QuizItems DROP COLUMN \"Tried\";");
            migrationBuilder.Sql("ALTER TABLE QuizItems DROP COLUMN \"Tries\";");
            migrationBuilder.Sql("ALTER TABLE Questions DROP COLUMN \"Group\";");
        }
    }
}
