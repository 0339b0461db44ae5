using System.Text;
using Backprop.Client.Derivatives;
using Backprop.Client.Values;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

/// <summary>Lists and dictionaries of a body are counted before any of them is allocated.</summary>
public class JsonItemsTests
{
    private const int Most = 100;

    [Theory]
    [InlineData("wrt", """{"wrt":[*"a"]}""")]
    [InlineData("batch", """{"batch":[*"a"]}""")]
    [InlineData("graph.nodes", """{"graph":{"nodes":[*{"name":"a","op":"Neg","inputs":["a"]}]}}""")]
    [InlineData("graph.inputs", """{"graph":{"inputs":[*{"name":"a"}]}}""")]
    [InlineData("graph.outputs", """{"graph":{"outputs":[*"a"]}}""")]
    [InlineData("graph.constants", """{"graph":{"constants":[*{"name":"a","value":1}]}}""")]
    [InlineData("graph.inputs[0].shape", """{"graph":{"inputs":[{"name":"a","shape":[*1]}]}}""")]
    [InlineData("graph.nodes[1].inputs", """{"graph":{"nodes":[{"inputs":["x"]},{"inputs":[*1]}]}}""")]
    [InlineData("graph.nodes[0].outputs", """{"graph":{"nodes":[{"outputs":[*"a"]}]}}""")]
    [InlineData("graph.nodes[0].attributes", """{"graph":{"nodes":[{"attributes":{*"a":1}}]}}""")]
    [InlineData("inputs", """{"inputs":{*"a":1}}""")]
    [InlineData("checkpointing", """{"checkpointing":{"save":[*"a"]}}""")]
    [InlineData("", """{"unknown":[*[[]]]}""")]
    public void A_long_list_is_found_where_it_stands(string path, string body)
    {
        Path(Repeated(body, Most + 1)).ShouldBe(path);
        Path(Repeated(body, Most / 3)).ShouldBeNull();
    }

    [Fact]
    public void A_list_of_an_attribute_counts() =>
        Path(Repeated("""{"graph":{"nodes":[{"attributes":{"a":[*1]}}]}}""", Most + 1)).ShouldStartWith("graph.nodes[0].attributes");

    [Fact]
    public void All_lists_together_are_limited() =>
        Path(Repeated("""{"graph":{"nodes":[*{"inputs":["a","a","a","a","a","a","a","a","a"]}]}}""", Most)).ShouldStartWith("graph.nodes");

    [Theory]
    [InlineData("""{"inputs":{"a":[*1]}}""")]
    [InlineData("""{"inputs":{"a":{"shape":[1000],"data":[*1]}}}""")]
    [InlineData("""{"graph":{"constants":[{"name":"a","value":[*[1]]}]}}""")]
    [InlineData("""{"seed":[*1]}""")]
    public void Elements_of_tensors_do_not_count(string body) => Path(Repeated(body, 10 * Most)).ShouldBeNull();

    [Theory]
    [InlineData("""{"wrt":[*"a\u"]}""")]
    [InlineData("""{"wrt":{"a":[*"b]}}""")]
    [InlineData("[*[")]
    [InlineData("nul*l")]
    public void What_is_malformed_is_left_to_whoever_reads_it(string body) => Should.NotThrow(() => Path(Repeated(body, Most)));

    [Fact]
    public void Counting_allocates_nothing_for_each_item()
    {
        byte[] body = Encoding.UTF8.GetBytes(Repeated("""{"wrt":[*"a"]}""", 100_000));
        JsonItems.PathPast(body, typeof(GradientRequest), Bodies.Options, Most);
        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonItems.PathPast(body, typeof(GradientRequest), Bodies.Options, 50_000).ShouldBe("wrt");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100_000);
    }

    private static string? Path(string body) => JsonItems.PathPast(Encoding.UTF8.GetBytes(body + new string(' ', 2 * Most)), typeof(GradientRequest),
        Bodies.Options, Most);

    // Repeats the item after the star up to the end of its list; keys of a dictionary are numbered.
    private static string Repeated(string body, int times)
    {
        int star = body.IndexOf('*'), end = EndOfItem(body, star + 1);
        string item = body[(star + 1)..end];
        return body[..star] + string.Join(',', Enumerable.Range(0, times)
            .Select(i => item.StartsWith("\"a\":", StringComparison.Ordinal) ? $"\"a{i}\":1" : item)) + body[end..];
    }

    private static int EndOfItem(string body, int start)
    {
        int depth = 0;
        for (int i = start; i < body.Length; i++)
        {
            depth += body[i] is '[' or '{' ? 1 : body[i] is ']' or '}' ? -1 : 0;
            if (depth < 0)
            {
                return i;
            }
        }

        return body.Length;
    }
}
