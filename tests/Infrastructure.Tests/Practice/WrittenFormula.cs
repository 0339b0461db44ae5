using System.Globalization;
using Backprop.Domain.Sampling;

namespace Backprop.Infrastructure.Tests.Practice;

/// <summary>
/// Random formulas of x and y with their values, written in varied spellings: what the grader is compared with. A formula is evaluated here by itself,
/// without the parser and the engine.
/// </summary>
internal abstract record WrittenFormula
{
    private static readonly string[] Functions = ["sin", "cos", "tanh", "exp"];

    public abstract double At(double x, double y);

    public abstract string Text(SeededGenerator random);

    /// <summary>A formula of the given depth.</summary>
    public static WrittenFormula Draw(SeededGenerator random, int depth) => (depth == 0 ? 0 : random.Below(7)) switch
    {
        0 => random.Below(3) == 0 ? new Constant(1 + random.Below(5)) : new Variable(random.Below(2) == 0 ? 'x' : 'y'),
        1 or 2 => new Sum(Draw(random, depth - 1), Draw(random, depth - 1), random.Below(2) == 0 ? 1 : -1),
        3 or 4 => new Product(Draw(random, depth - 1), Draw(random, depth - 1)),
        5 => new Power(Draw(random, depth - 1), (int)(2 + random.Below(2))),
        _ => new Call(Functions[random.Below(4)], Draw(random, depth - 1)),
    };

    /// <summary>An equal formula in another form.</summary>
    public virtual WrittenFormula Rewritten(SeededGenerator random) => random.Below(4) switch
    {
        0 => new Sum(this, new Constant(0), 1),
        1 => new Product(new Constant(1), this),
        2 => new Product(new Constant(-1), new Product(new Constant(-1), this)),
        _ => this,
    };

    /// <summary>The same formula with one mistake.</summary>
    public abstract WrittenFormula Mistaken(SeededGenerator random);

    private static string Bracketed(WrittenFormula formula, SeededGenerator random) => formula is Variable or Constant { Value: >= 0 }
        ? formula.Text(random) : $"({formula.Text(random)})";

    private static string Pick(SeededGenerator random, params string[] spellings) => spellings[random.Below((uint)spellings.Length)];

    internal sealed record Constant(double Value) : WrittenFormula
    {
        public override double At(double x, double y) => Value;

        public override string Text(SeededGenerator random) => Value.ToString(CultureInfo.InvariantCulture);

        public override WrittenFormula Mistaken(SeededGenerator random) => new Constant(Value + 1 + random.Below(2));
    }

    internal sealed record Variable(char Name) : WrittenFormula
    {
        public override double At(double x, double y) => Name == 'x' ? x : y;

        public override string Text(SeededGenerator random) => Name.ToString();

        public override WrittenFormula Mistaken(SeededGenerator random) => random.Below(2) == 0 ? new Variable(Name == 'x' ? 'y' : 'x')
            : new Product(new Constant(2), this);
    }

    internal sealed record Sum(WrittenFormula Left, WrittenFormula Right, int Sign) : WrittenFormula
    {
        public override double At(double x, double y) => Left.At(x, y) + (Sign * Right.At(x, y));

        public override string Text(SeededGenerator random) => Sign < 0
            ? $"{Left.Text(random)} {Pick(random, "-", "−")} {Bracketed(Right, random)}"
            : $"{Left.Text(random)}{Pick(random, "+", " + ")}{Bracketed(Right, random)}";

        public override WrittenFormula Rewritten(SeededGenerator random) => random.Below(3) switch
        {
            0 when Sign > 0 => new Sum(Right.Rewritten(random), Left.Rewritten(random), 1),
            1 => new Sum(Left.Rewritten(random), new Product(new Constant(-1), Right.Rewritten(random)), -Sign),
            _ => new Sum(Left.Rewritten(random), Right.Rewritten(random), Sign),
        };

        public override WrittenFormula Mistaken(SeededGenerator random) => random.Below(3) switch
        {
            0 => this with { Sign = -Sign },
            1 => Left,
            _ => this with { Right = Right.Mistaken(random) },
        };
    }

    internal sealed record Product(WrittenFormula Left, WrittenFormula Right) : WrittenFormula
    {
        public override double At(double x, double y) => Left.At(x, y) * Right.At(x, y);

        public override string Text(SeededGenerator random)
        {
            (string left, string right) = (Bracketed(Left, random), Bracketed(Right, random));
            return Right is Constant ? $"{left}*{right}" : left + Pick(random, "*", "·", " × ", "", " ", @" \cdot ") + right;
        }

        public override WrittenFormula Rewritten(SeededGenerator random) => Left is Sum sum && random.Below(2) == 0
            ? new Sum(new Product(sum.Left, Right), new Product(sum.Right, Right), sum.Sign)
            : random.Below(2) == 0 ? new Product(Right.Rewritten(random), Left.Rewritten(random))
            : new Product(Left.Rewritten(random), Right.Rewritten(random));

        public override WrittenFormula Mistaken(SeededGenerator random) => random.Below(3) switch
        {
            0 => Left,
            1 => new Sum(Left, Right, 1),
            _ => this with { Left = Left.Mistaken(random) },
        };
    }

    internal sealed record Power(WrittenFormula Base, int Exponent) : WrittenFormula
    {
        public override double At(double x, double y) => Math.Pow(Base.At(x, y), Exponent);

        public override string Text(SeededGenerator random) => Base is Call call && random.Below(2) == 0
            ? $"{call.Function}{Raised(random)}({call.Argument.Text(random)})"
            : Bracketed(Base, random) + Raised(random);

        public override WrittenFormula Rewritten(SeededGenerator random) => Exponent == 2
            ? new Product(Base.Rewritten(random), Base)
            : new Product(new Power(Base, 2), Base.Rewritten(random));

        public override WrittenFormula Mistaken(SeededGenerator random) => random.Below(2) == 0 ? this with { Exponent = Exponent + 1 }
            : this with { Base = Base.Mistaken(random) };

        private string Raised(SeededGenerator random) => Pick(random, $"^{Exponent}", $"**{Exponent}", "⁰¹²³⁴⁵"[Exponent].ToString(), $"^{{{Exponent}}}");
    }

    internal sealed record Call(string Function, WrittenFormula Argument) : WrittenFormula
    {
        public override double At(double x, double y) => Function switch
        {
            "sin" => Math.Sin(Argument.At(x, y)),
            "cos" => Math.Cos(Argument.At(x, y)),
            "tanh" => Math.Tanh(Argument.At(x, y)),
            _ => Math.Exp(Argument.At(x, y)),
        };

        public override string Text(SeededGenerator random)
        {
            string argument = Argument.Text(random);
            return Function == "exp" ? Pick(random, $"exp({argument})", $"e^({argument})", $"e^{{{argument}}}")
                : Pick(random, $"{Function}({argument})", $@"\{Function}\left({argument}\right)", $"{Function} ({argument})");
        }

        public override WrittenFormula Rewritten(SeededGenerator random) => this with { Argument = Argument.Rewritten(random) };

        public override WrittenFormula Mistaken(SeededGenerator random) => random.Below(2) == 0
            ? this with { Function = Function == "sin" ? "cos" : "sin" }
            : this with { Argument = Argument.Mistaken(random) };
    }
}
