using System.Text;
using System.Text.Json;
using Backprop.Domain.Practice.Questions;
using Backprop.Infrastructure.Practice;
using Shouldly;
using Xunit;

namespace Backprop.Infrastructure.Tests.Practice;

public sealed class QuestionContentTests
{
    private const string Written = """
        {
          // As an author writes it.
          "topics": [{ "id": "rules", "name": "Rules" }],
          "questions": [{
            "id": "product", "topic": "rules", "kind": "multipleChoice", "difficulty": "easy", "title": "Product", "prompt": "∂(xy)/∂x?",
            "choices": [{ "text": "y", "correct": true, "feedback": "Yes." }, { "text": "x", "correct": false, "feedback": "By y." }],
            "explanation": "Linear in x.", "citations": [{ "authors": "Leibniz", "title": "Nova methodus", "year": 1684 }], "open": true,
          }],
        }
        """;

    [Fact]
    public void The_files_can_be_used() => Should.NotThrow(QuestionContent.Read);

    [Fact]
    public void A_set_is_read_as_written()
    {
        Question question = QuestionJson.ReadSet(new MemoryStream(Encoding.UTF8.GetBytes(Written))).Questions.ShouldHaveSingleItem();
        (question.Kind, question.Difficulty, question.Open, question.Choices!.Count).ShouldBe((QuestionFormat.MultipleChoice, DifficultyLevel.Easy, true, 2));
        byte[] bytes = QuestionJson.Write(question);
        QuestionJson.Write(QuestionJson.Read(bytes)).ShouldBe(bytes);
        Encoding.UTF8.GetString(bytes).ShouldNotContain("companies");
    }

    [Theory]
    [InlineData("\"open\": true", "\"opened\": true")]
    [InlineData("\"kind\": \"multipleChoice\"", "\"kind\": 1")]
    [InlineData("\"kind\": \"multipleChoice\"", "\"kind\": \"essay\"")]
    [InlineData("\"title\": \"Product\", ", "")]
    public void What_is_no_question_is_refused(string part, string other) =>
        Should.Throw<JsonException>(() => QuestionJson.ReadSet(new MemoryStream(Encoding.UTF8.GetBytes(Written.Replace(part, other)))));
}
