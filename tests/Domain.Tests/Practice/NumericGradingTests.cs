using Backprop.Domain.Practice.Grading;
using Backprop.Domain.Practice.Questions;
using CsCheck;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Practice;

public sealed class NumericGradingTests
{
    [Theory]
    [InlineData("42", 42)]
    [InlineData("-24", -24)]
    [InlineData("−24", -24)]
    [InlineData("+24", 24)]
    [InlineData("6.2e5", 620000)]
    [InlineData("6.2E+5", 620000)]
    [InlineData("620,000", 620000)]
    [InlineData("6,20,000", 620000)]
    [InlineData("620 000", 620000)]
    [InlineData("620_000", 620000)]
    [InlineData("620'000", 620000)]
    [InlineData("1.234.567", 1234567)]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("11,09", 11.09)]
    [InlineData("0,125", 0.125)]
    [InlineData("1,234", 1234)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("3.5×10^8", 3.5e8)]
    [InlineData("3.5 × 10⁸", 3.5e8)]
    [InlineData("3.5·10⁻³", 3.5e-3)]
    [InlineData("3.5x10^8", 3.5e8)]
    [InlineData("3.5*10**8", 3.5e8)]
    [InlineData("$3.5\\times10^{8}$", 3.5e8)]
    [InlineData("2^-24", 5.9604644775390625e-8)]
    [InlineData("-2^4", -16)]
    [InlineData("1/3", 1.0 / 3)]
    [InlineData("-1/4", -0.25)]
    [InlineData("7e9*0.05", 3.5e8)]
    [InlineData("≈ 11", 11)]
    [InlineData("about 11", 11)]
    [InlineData("= 11", 11)]
    [InlineData("4+4+4", 12)]
    [InlineData("8·(−3)", -24)]
    [InlineData("2*4*(-3)", -24)]
    [InlineData("√(2/1280)", 0.039528470752104741)]
    [InlineData("sqrt(2/1280)", 0.039528470752104741)]
    [InlineData("\\sqrt{2/1280}", 0.039528470752104741)]
    [InlineData("√2", 1.4142135623730951)]
    [InlineData("2/(64+128)", 2.0 / 192)]
    [InlineData("(-24)", -24)]
    [InlineData("∂L/∂a = -24", -24)]
    [InlineData("dL/da=-24", -24)]
    [InlineData("⅛", 0.125)]
    [InlineData("¾", 0.75)]
    [InlineData("2^(30-14)", 65536)]
    [InlineData("2^{30-14}", 65536)]
    [InlineData("12/3/2", 2)]
    [InlineData("7 - 2", 5)]
    [InlineData("-(3 + 1)^2", -16)]
    public void Numbers_are_read_as_people_write_them(string text, double value) =>
        QuantityReader.Read(text).Quantity.ShouldNotBeNull().Value.ShouldBe(value, Math.Abs(value) * 1e-15);

    [Theory]
    [InlineData("7.18 days")]
    [InlineData("7.18d")]
    [InlineData("620000 s")]
    [InlineData("620,000 seconds")]
    [InlineData("172.2 h")]
    [InlineData("172.2 hours.")]
    [InlineData("10333 min")]
    [InlineData("1.0254 weeks")]
    [InlineData("6.2×10⁸ ms")]
    [InlineData("7 days 4 h 13 min")]
    [InlineData("7 d, 4 h and 13 min")]
    [InlineData("0.01965 years")]
    [InlineData("7.18")]
    [InlineData("7.18 days (620,000 s)")]
    [InlineData("620,000 s (7.18 days)")]
    public void One_time_has_many_spellings(string text) =>
        NumericGrader.Grade(new NumericKey { Value = 7.1759, Unit = "days" }, text).ShouldBe(Graded.Right);

    [Theory]
    [InlineData("112 GB", "GB", 112)]
    [InlineData("112e9 B", "GB", 112)]
    [InlineData("104.3 GiB", "GB", 112)]
    [InlineData("112000 MB", "GB", 112)]
    [InlineData("896 Gbit", "GB", 112)]
    [InlineData("1.05 TFLOPs", "FLOPs", 1.05e12)]
    [InlineData("1.05 TFLOP per token", "FLOPs", 1.05e12)]
    [InlineData("1050 GFLOPS", "FLOPs", 1.05e12)]
    [InlineData("0.525 TMACs", "FLOPs", 1.05e12)]
    [InlineData("1.05 trillion", "FLOPs", 1.05e12)]
    [InlineData("312 TFLOPS", "FLOP/s", 3.12e14)]
    [InlineData("2.039 TB/s", "B/s", 2.039e12)]
    [InlineData("3.5 billion passes", null, 3.5e9)]
    [InlineData("7B parameters", null, 7e9)]
    [InlineData("124M", null, 124e6)]
    [InlineData("2.7x", null, 2.7)]
    [InlineData("33.3 %", null, 0.3333)]
    [InlineData("33.3 per cent", null, 0.3333)]
    [InlineData("1/3", "%", 33.33)]
    [InlineData("33.3", "%", 33.33)]
    [InlineData("12 layers", null, 12)]
    [InlineData("50 µs", "s", 5e-5)]
    [InlineData("350 Ms", "s", 3.5e8)]
    [InlineData("312 TFLOP/s", "TFLOPS", 312)]
    [InlineData("312 TFLOPs", "TFLOPS", 312)]
    [InlineData("64 Gb", "GB", 8)]
    [InlineData("208 gb", "GB", 208)]
    public void Units_are_converted(string text, string? unit, double key) =>
        NumericGrader.Grade(new NumericKey { Value = key, Unit = unit, Rtol = 0.002 }, text).ShouldBe(Graded.Right);

    [Theory]
    [InlineData("banana")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("12 bananas")]
    [InlineData("1e999")]
    [InlineData("NaN")]
    [InlineData("1/0")]
    [InlineData("7 18")]
    [InlineData("3 to 4")]
    [InlineData("--4")]
    [InlineData("12 days 5 GB")]
    [InlineData("e5")]
    public void What_is_no_number_is_refused(string text) =>
        NumericGrader.Grade(new NumericKey { Value = 12 }, text).ShouldBeOfType<Unreadable>().Reason.ShouldNotBeEmpty();

    [Fact]
    public void Several_answers_and_long_ones_are_refused()
    {
        var key = new NumericKey { Value = 12 };
        NumericGrader.Grade(key, new SubmittedAnswer(["12", "13"], true)).ShouldBeOfType<Unreadable>();
        NumericGrader.Grade(key, new string('1', SubmittedAnswer.MaxLength + 1)).ShouldBeOfType<Unreadable>();
    }

    [Theory]
    [InlineData("7.18 GB", "The unit does not fit: a time is expected, for example in days.")]
    [InlineData("3.59 days", "That is one device.")]
    [InlineData("-7.18 days", "The magnitude is right, the sign is not.")]
    [InlineData("14.35 days", "Off by a factor of 2: is something counted twice, or left out?")]
    [InlineData("430.6 days", "Off by a conversion between units of time.")]
    [InlineData("7176 days", "Off by a power of 1000: check the prefix.")]
    [InlineData("100 days", "Not right: too large in magnitude.")]
    [InlineData("5 days", "Not right: too small in magnitude.")]
    public void Feedback_tells_the_mistake(string text, string feedback)
    {
        var key = new NumericKey { Value = 7.1759, Unit = "days", Mistakes = [new NumericMistake(3.588, "That is one device.")] };
        NumericGrader.Grade(key, text).ShouldBe(new Graded(0, feedback));
    }

    [Theory]
    [InlineData("208 Gb", "GB", 208)]
    [InlineData("350 ms", "s", 3.5e8)]
    public void The_case_of_a_unit_matters_and_the_answer_says_so(string text, string unit, double key) =>
        NumericGrader.Grade(new NumericKey { Value = key, Unit = unit }, text).ShouldBeOfType<Graded>().Feedback.ShouldContain("case-sensitive");

    [Theory]
    [InlineData("620000", "days", 7.1759, "In which unit? Write it after the number, for example 'days'.")]
    [InlineData("208000", "GB", 208, "In which unit? Write it after the number, for example 'GB'.")]
    [InlineData("12.5", null, 0.125, "Is that a fraction or a percentage? Write '%' after a percentage.")]
    [InlineData("0.125", "%", 12.5, "Is that a fraction or a percentage? Write '%' after a percentage.")]
    public void A_number_that_fits_another_unit_costs_nothing(string text, string? unit, double key, string question) =>
        NumericGrader.Grade(new NumericKey { Value = key, Unit = unit }, text).ShouldBe(new Unreadable(question));

    [Theory]
    [InlineData("7.18 days (62 s)")]
    [InlineData("7.18 days (no idea)")]
    public void Two_values_that_differ_are_no_answer(string text) =>
        NumericGrader.Grade(new NumericKey { Value = 7.1759, Unit = "days" }, text).ShouldBeOfType<Unreadable>().Reason.ShouldContain("two different");

    [Fact]
    public void Gigabytes_are_no_gibibytes() =>
        NumericGrader.Grade(new NumericKey { Value = 112, Unit = "GB" }, "112 GiB").ShouldBe(new Graded(0, "Off by a power of 1.024: GB and GiB are different units."));

    [Theory]
    [InlineData(null, null, "1 %")]
    [InlineData(0.002, null, "0.2 %")]
    [InlineData(null, 0.5, "0.5 days")]
    [InlineData(0.05, 1.0, "5 % or 1 days")]
    [InlineData(null, 0.00002, "0.00002 days")]
    [InlineData(1e-9, 0.00002, "0.00002 days")]
    [InlineData(null, 0.0, "exact")]
    public void The_tolerance_is_said(double? rtol, double? atol, string text) =>
        new NumericKey { Unit = "days", Rtol = rtol, Atol = atol }.DescribeTolerance().ShouldBe(text);

    [Theory]
    [InlineData("0.0102", true)]
    [InlineData("1.02e-2", true)]
    [InlineData("0.01", false)]
    [InlineData("1e-2", false)]
    public void Figures_are_counted_where_they_matter(string text, bool right) =>
        NumericGrader.Grade(new NumericKey { Value = 0.0101, Rtol = 0.02, SignificantFigures = 3 }, text).ShouldBeOfType<Graded>().IsCorrect.ShouldBe(right);

    [Fact]
    public void Every_written_number_grades_as_itself() => Gen.Double[-1e12, 1e12].Sample(value =>
    {
        string text = value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return NumericGrader.Grade(new NumericKey { Value = value, Rtol = 1e-12 }, text) == Graded.Right;
    });

    [Fact]
    public void No_text_breaks_the_reader() => Gen.String.Sample(text =>
        NumericGrader.Grade(new NumericKey { Value = 12, Unit = "days" }, text) is Graded or Unreadable);

    [Fact]
    public void No_text_of_marks_and_digits_breaks_the_reader() => Gen.Char["0123456789.,eE^*/+-x_ '()%GiBsday"].Array[0, 40].Sample(text =>
        NumericGrader.Grade(new NumericKey { Value = 12, Unit = "GB" }, new string(text)) is Graded or Unreadable);
}
