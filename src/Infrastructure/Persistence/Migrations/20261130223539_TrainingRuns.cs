using Backprop.Infrastructure.Persistence.Quotas;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Backprop.Infrastructure.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class TrainingRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "TrainingRuns",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    LearnerId = table.Column<string>(type: "TEXT", nullable: true),
                    Owner = table.Column<string>(type: "TEXT", nullable: false),
                    Bytes = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    IdempotencyKey = table.Column<string>(type: "TEXT", nullable: true),
                    RequestHash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Pending = table.Column<int>(type: "INTEGER", nullable: true),
                    Steps = table.Column<long>(type: "INTEGER", nullable: false),
                    Step = table.Column<long>(type: "INTEGER", nullable: false),
                    MetricStep = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckpointStep = table.Column<long>(type: "INTEGER", nullable: false),
                    LossBits = table.Column<long>(type: "INTEGER", nullable: true),
                    StepsPerSecond = table.Column<double>(type: "REAL", nullable: true),
                    ComputedSeconds = table.Column<double>(type: "REAL", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    FinishedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", nullable: true),
                    Node = table.Column<string>(type: "TEXT", nullable: true),
                    VectorBits = table.Column<int>(type: "INTEGER", nullable: false),
                    Claim = table.Column<long>(type: "INTEGER", nullable: false),
                    Process = table.Column<string>(type: "TEXT", nullable: true),
                    LeaseUntil = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrainingRuns", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "TrainingCheckpoints",
                columns: table => new
                {
                    Run = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrainingCheckpoints", x => x.Run);
                    table.ForeignKey(
                        name: "FK_TrainingCheckpoints_TrainingRuns_Run",
                        column: x => x.Run,
                        principalTable: "TrainingRuns",
                        principalColumn: "Sequence",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TrainingMetrics",
                columns: table => new
                {
                    Run = table.Column<long>(type: "INTEGER", nullable: false),
                    First = table.Column<long>(type: "INTEGER", nullable: false),
                    Last = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Data = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrainingMetrics", x => new { x.Run, x.First });
                    table.ForeignKey(
                        name: "FK_TrainingMetrics_TrainingRuns_Run",
                        column: x => x.Run,
                        principalTable: "TrainingRuns",
                        principalColumn: "Sequence",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TrainingRequests",
                columns: table => new
                {
                    Run = table.Column<long>(type: "INTEGER", nullable: false),
                    Request = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TrainingRequests", x => x.Run);
                    table.ForeignKey(
                        name: "FK_TrainingRequests_TrainingRuns_Run",
                        column: x => x.Run,
                        principalTable: "TrainingRuns",
                        principalColumn: "Sequence",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TrainingRuns_FinishedAt",
                table: "TrainingRuns",
                column: "FinishedAt",
                filter: "\"FinishedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TrainingRuns_Id",
                table: "TrainingRuns",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_TrainingRuns_LearnerId_Sequence",
                table: "TrainingRuns",
                columns: new[] { "LearnerId", "Sequence" },
                filter: "\"LearnerId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TrainingRuns_Owner_IdempotencyKey",
                table: "TrainingRuns",
                columns: new[] { "Owner", "IdempotencyKey" },
                unique: true,
                filter: "\"IdempotencyKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_TrainingRuns_Owner_Sequence",
                table: "TrainingRuns",
                columns: new[] { "Owner", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_TrainingRuns_Unfinished",
                table: "TrainingRuns",
                column: "Owner",
                filter: "\"FinishedAt\" IS NULL");

            migrationBuilder.Sql(HoldingTriggers.CreateForTrainingRuns);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(HoldingTriggers.DropForTrainingRuns);

            migrationBuilder.DropTable(
                name: "TrainingCheckpoints");

            migrationBuilder.DropTable(
                name: "TrainingMetrics");

            migrationBuilder.DropTable(
                name: "TrainingRequests");

            migrationBuilder.DropTable(
                name: "TrainingRuns");
        }
    }
}
