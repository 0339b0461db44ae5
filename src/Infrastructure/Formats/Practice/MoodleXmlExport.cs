using System.Globalization;
using System.Text;
using System.Xml;
using Backprop.Domain.Practice.Questions;

namespace Backprop.Infrastructure.Formats.Practice;

/// <summary>
/// Questions as Moodle's XML (https://docs.moodle.org/en/Moodle_XML_format). Formulas become short answers, interview questions and
/// exercises essays with the right answer for the grader.
/// </summary>
public static class MoodleXmlExport
{
    private const string PictureFile = "graph.svg";
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) };

    /// <summary>Writes questions one after another; those of a topic should be adjacent.</summary>
    /// <param name="stream">The target; it stays open.</param>
    /// <param name="topics">The names of the topics by id.</param>
    /// <param name="questions">Questions that are not drawn from a seed.</param>
    /// <param name="draw">Draws the graph of a question as SVG; null if it cannot be drawn.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task WriteAsync(
        Stream stream, IReadOnlyDictionary<string, string> topics, IAsyncEnumerable<Question> questions, Func<Figure, string?> draw,
        CancellationToken cancellationToken)
    {
        // Each question is buffered: the XML writer would block the thread while it waits for the stream.
        using var memory = new MemoryStream();
        using var xml = XmlWriter.Create(memory, Settings);
        xml.WriteStartDocument();
        xml.WriteStartElement("quiz");
        string? topic = null;
        await foreach (Question question in questions.WithCancellation(cancellationToken))
        {
            if (question.Topic != topic)
            {
                WriteCategory(xml, topics.GetValueOrDefault(topic = question.Topic, topic));
            }

            Write(xml, question, question.Figure is { } figure ? draw(figure) : null);
            await PassOnAsync();
        }

        xml.WriteEndElement();
        await PassOnAsync();

        async Task PassOnAsync()
        {
            xml.Flush();
            await stream.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), cancellationToken);
            memory.SetLength(0);
        }
    }

    private static void WriteCategory(XmlWriter xml, string name)
    {
        xml.WriteStartElement("question");
        xml.WriteAttributeString("type", "category");
        Text(xml, "category", $"$course$/top/Backprop/{name.Replace("/", "//", StringComparison.Ordinal)}");
        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, Question question, string? picture)
    {
        xml.WriteStartElement("question");
        xml.WriteAttributeString("type", Type(question.Kind));
        Text(xml, "name", question.Title);
        WritePrompt(xml, question, picture);
        Html(xml, "generalfeedback", MarkdownText.Explained(question));
        xml.WriteElementString("defaultgrade", "1");
        xml.WriteElementString("penalty", "0.3333333");
        xml.WriteElementString("hidden", "0");
        xml.WriteElementString("idnumber", question.Id);
        WriteKey(xml, question);
        foreach (string hint in question.Hints)
        {
            Html(xml, "hint", hint);
        }

        xml.WriteStartElement("tags");
        foreach (string tag in (IEnumerable<string>)[question.Difficulty.ToString().ToLowerInvariant(), .. question.Tags,
            .. question.Companies.Select(company => company.Name)])
        {
            Text(xml, "tag", tag);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    // A picture is a file of the text that shows it.
    private static void WritePrompt(XmlWriter xml, Question question, string? picture)
    {
        string html = MarkdownText.Html(MarkdownText.Asked(question));
        xml.WriteStartElement("questiontext");
        xml.WriteAttributeString("format", "html");
        xml.WriteElementString("text", picture is null ? html : $"{html}\n<p><img src=\"@@PLUGINFILE@@/{PictureFile}\" alt=\"\"></p>");
        if (picture is not null)
        {
            xml.WriteStartElement("file");
            xml.WriteAttributeString("name", PictureFile);
            xml.WriteAttributeString("path", "/");
            xml.WriteAttributeString("encoding", "base64");
            xml.WriteString(Convert.ToBase64String(Encoding.UTF8.GetBytes(picture)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Type(QuestionFormat kind) => kind switch
    {
        QuestionFormat.Interview or QuestionFormat.Derivation or QuestionFormat.Debugging => "essay",
        QuestionFormat.Numeric => "numerical",
        QuestionFormat.Expression => "shortanswer",
        QuestionFormat.TrueFalse => "truefalse",
        _ => "multichoice",
    };

    private static void WriteKey(XmlWriter xml, Question question)
    {
        if (question.Choices is { } choices)
        {
            WriteChoices(xml, choices, question.Kind == QuestionFormat.MultipleChoice);
        }
        else if (question.Numeric is { } numeric)
        {
            WriteNumber(xml, numeric);
        }
        else if (question.Expression is { } expression)
        {
            WriteFormula(xml, expression);
        }
        else if (question.Truth is { } truth)
        {
            WriteTruth(xml, truth);
        }
        else if (MarkdownText.Answered(question) is { } answer)
        {
            WriteEssay(xml, answer);
        }
    }

    // All right choices without a wrong one score 100 %; each wrong one subtracts what a right one adds.
    private static void WriteChoices(XmlWriter xml, IReadOnlyList<Choice> choices, bool single)
    {
        xml.WriteElementString("single", single ? "true" : "false");
        xml.WriteElementString("shuffleanswers", "true");
        xml.WriteElementString("answernumbering", "abc");
        double share = 100.0 / choices.Count(choice => choice.Correct);
        foreach (Choice choice in choices)
        {
            Answer(xml, choice.Correct ? share : single ? 0 : -share, MarkdownText.Html(choice.Text), choice.Feedback, "html");
        }
    }

    private static void WriteNumber(XmlWriter xml, NumericKey key)
    {
        Answer(xml, 100, Number(key.Value!.Value), "", "moodle_auto_format", key.Tolerance(key.Value.Value));
        foreach (NumericMistake mistake in key.Mistakes)
        {
            Answer(xml, 0, Number(mistake.Value), mistake.Feedback, "moodle_auto_format", key.Tolerance(mistake.Value));
        }

        if (key.Unit is not { } unit)
        {
            return;
        }

        xml.WriteStartElement("units");
        xml.WriteStartElement("unit");
        xml.WriteElementString("multiplier", "1");
        xml.WriteElementString("unit_name", unit);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteElementString("unitgradingtype", "0");
        xml.WriteElementString("unitpenalty", "0");
        xml.WriteElementString("showunits", "0");
        xml.WriteElementString("unitsleft", "0");
    }

    private static void WriteFormula(XmlWriter xml, ExpressionKey key)
    {
        xml.WriteElementString("usecase", "1");
        Answer(xml, 100, key.Formula!, "", "moodle_auto_format");
        foreach (ExpressionMistake mistake in key.Mistakes)
        {
            Answer(xml, 0, mistake.Formula, mistake.Feedback, "moodle_auto_format");
        }
    }

    private static void WriteTruth(XmlWriter xml, TruthKey key)
    {
        foreach (bool value in (bool[])[true, false])
        {
            Answer(xml, key.Value == value ? 100 : 0, value ? "true" : "false", key.Value == value ? "" : key.Feedback, "moodle_auto_format");
        }
    }

    private static void WriteEssay(XmlWriter xml, string answer)
    {
        xml.WriteElementString("responseformat", "editor");
        xml.WriteElementString("responserequired", "1");
        xml.WriteElementString("responsefieldlines", "15");
        xml.WriteElementString("attachments", "0");
        Html(xml, "graderinfo", answer);
    }

    private static void Answer(XmlWriter xml, double fraction, string text, string feedback, string format, double? tolerance = null)
    {
        xml.WriteStartElement("answer");
        xml.WriteAttributeString("fraction", fraction.ToString("0.#####", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("format", format);
        xml.WriteElementString("text", text);
        Html(xml, "feedback", feedback);
        if (tolerance is { } within)
        {
            xml.WriteElementString("tolerance", Number(within));
        }

        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string element, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteElementString("text", text);
        xml.WriteEndElement();
    }

    private static void Html(XmlWriter xml, string element, string markdown)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("format", "html");
        xml.WriteElementString("text", MarkdownText.Html(markdown));
        xml.WriteEndElement();
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
