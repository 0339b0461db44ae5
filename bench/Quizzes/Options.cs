namespace Backprop.Quizzes;

/// <summary>The command-line options.</summary>
internal sealed record Options(int Clients, double Seconds, bool Kill)
{
    public const string Help = """
        bench/Quizzes [--clients 200] [--seconds 60] [--kill]: clients that take quizzes at once, over the loopback interface.

        Each draws a quiz, answers its items one by one, some of them twice at the same time, reads it and begins again. With --kill
        the service is killed (SIGKILL) halfway and started again. At the end every quiz is read again: an acknowledged answer that
        is not there, two results of one item, or a status of 500 and above fails the run.
        """;

    /// <summary>The options, or null if one is invalid.</summary>
    public static Options? Read(string[] args)
    {
        var options = new Options(200, 60, false);
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--kill")
            {
                options = options with { Kill = true };
            }
            else if (args[i] == "--clients" && i + 1 < args.Length && int.TryParse(args[++i], out int clients) && clients is > 0 and <= 1000)
            {
                options = options with { Clients = clients };
            }
            else if (args[i] == "--seconds" && i + 1 < args.Length && double.TryParse(args[++i], out double seconds) && seconds is > 0 and <= 600)
            {
                options = options with { Seconds = seconds };
            }
            else
            {
                return null;
            }
        }

        return options;
    }
}
