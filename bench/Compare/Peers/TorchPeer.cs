using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Backprop.Compare.Candidates;
using Backprop.Compare.Comparisons;
using Backprop.Domain.Graphs;

namespace Backprop.Compare.Peers;

/// <summary>PyTorch in a separate process, controlled through its standard input.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("backprop-bench-");

    private TorchPeer(Process process)
    {
        this.process = process;
        HasCuda = Answer()["cuda"]!.GetValue<bool>();
    }

    /// <summary>Whether it can use a GPU.</summary>
    public bool HasCuda { get; }

    /// <summary>Starts it with its fastest settings.</summary>
    /// <param name="options">Whether peers are enabled.</param>
    /// <param name="spins">How long its idle OpenMP threads spin; they disturb those of OpenBLAS if both spin.</param>
    /// <exception cref="MissingException">There is no Python with torch, or peers are disabled.</exception>
    public static TorchPeer Start(Options options, int spins)
    {
        if (options.NoPeers)
        {
            throw new MissingException("peers left out");
        }

        ProcessStartInfo start = Python.Command("torch", RepositoryPaths.Peers("torch_peer.py"));
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        Tune(start, spins);
        return new TorchPeer(Process.Start(start)!);
    }

    /// <summary>The environment in which PyTorch is fastest.</summary>
    public static void Tune(ProcessStartInfo start, int spins)
    {
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        start.Environment["OPENBLAS_CORETYPE"] = Machine.HasAvx512 ? "SkylakeX" : "Haswell";
        start.Environment["OPENBLAS_NUM_THREADS"] = start.Environment["OMP_NUM_THREADS"] = $"{Environment.ProcessorCount}";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = start.Environment["MALLOC_MMAP_THRESHOLD_"] = $"{4L << 30}";
        start.Environment["GOMP_SPINCOUNT"] = $"{spins}";
        start.Environment["MALLOC_TOP_PAD_"] = $"{64 << 20}";
    }

    /// <summary>Sends the values of a problem and returns its results: the value and the gradients, or the parameters after the first steps.</summary>
    public IReadOnlyList<double[]> Load(Problem problem, string device = "cpu", JsonObject? training = null)
    {
        if (device == "cuda" && !HasCuda)
        {
            throw new MissingException("this PyTorch was built without CUDA");
        }

        var inputs = new JsonArray();
        foreach ((string name, Tensor value) in problem.Inputs)
        {
            string file = Path.Combine(folder.FullName, name + ".bin");
            File.WriteAllBytes(file, value.Bytes());
            inputs.Add(new JsonObject
            {
                ["name"] = name,
                ["file"] = file,
                ["dtype"] = value.DType.Label(),
                ["shape"] = new JsonArray([.. value.Shape.Dims.ToArray().Select(dim => (JsonNode)dim)]),
                ["differentiated"] = problem.Wrt?.Contains(name) ?? false,
            });
        }

        var question = new JsonObject { ["load"] = problem.Peer, ["inputs"] = inputs, ["device"] = device, ["folder"] = folder.FullName };
        if (training is not null)
        {
            question["training"] = training;
        }

        JsonNode answer = Ask(question);
        return [.. answer["results"]!.AsArray().Select(file => Doubles((string)file!))];
    }

    /// <summary>The loaded problem, timed.</summary>
    public Candidate Candidate(Problem problem, string device = "cpu") => new(
        device == "cpu" ? "PyTorch" : "PyTorch on the GPU",
        seconds => Ask(new JsonObject { ["time"] = problem.Peer, ["device"] = device, ["seconds"] = seconds })["ms"]!.GetValue<double>());

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(true);
    }

    private static double[] Doubles(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        double[] values = new double[bytes.Length / sizeof(double)];
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }

    private JsonNode Ask(JsonObject question)
    {
        process.StandardInput.WriteLine(question.ToJsonString());
        process.StandardInput.Flush();
        return Answer();
    }

    private JsonNode Answer()
    {
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the PyTorch peer ended");
        JsonNode answer = JsonNode.Parse(line) ?? throw new JsonException(line);
        return answer["error"] is { } error ? throw new InvalidOperationException($"the PyTorch peer: {error}") : answer;
    }
}
