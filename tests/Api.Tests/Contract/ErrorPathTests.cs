using Backprop.Client.Derivatives;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Contract;

public class ErrorPathTests
{
    public static TheoryData<string, string, string> Bad => new()
    {
        { Bodies.Gradient(rest: "\"wtr\":1"), "wtr", "Unknown member." },
        { Bodies.Gradient("""{"name":"d","op":"Mul","inputs":[],"attrs":{}}"""), "graph.nodes[0].attrs", "Unknown member." },
        { Bodies.Gradient("""{"name":"d","op":7,"inputs":[]}"""), "graph.nodes[0].op", "A string is expected, not a number." },
        { Bodies.Gradient("""{"name":"d","op":null,"inputs":[]}"""), "graph.nodes[0].op", "Null is not allowed here." },
        { Bodies.Gradient("""{"name":"d","inputs":[]}"""), "graph.nodes[0].op", "The member is missing." },
        { Bodies.Gradient("""{"name":"d"}"""), "graph.nodes[0].op", "Members are missing: op, inputs." },
        { Bodies.Gradient("""{"op":"Mul","inputs":["a",true]}"""), "graph.nodes[0].inputs[1]", "not a boolean" },
        { Bodies.Gradient("""{"op":"Mul","inputs":["a",1e999]}"""), "graph.nodes[0].inputs[1]", "beyond the range of float64" },
        { Bodies.Gradient("""{"op":"Mul","inputs":[],"attributes":{"axes":[-1e999]}}"""), "graph.nodes[0].attributes.axes", "beyond the range of float64" },
        { Bodies.Gradient("""{"op":"Mul","inputs":[],"attributes":{"axes":[1,"a"]}}"""), "graph.nodes[0].attributes.axes[1]", "mixed" },
        { Bodies.Gradient("""{"op":"Mul","inputs":[],"attributes":{"axes":null}}"""), "graph.nodes[0].attributes.axes", "not null" },
        { Bodies.Gradient("null"), "graph.nodes[0]", "Null is not allowed here." },
        { Bodies.Gradient(rest: "\"wrt\":\"a\""), "wrt", "A list is expected." },
        { Bodies.Gradient(rest: "\"wrt\":[\"a\",null]"), "wrt[1]", "Null is not allowed here." },
        { Bodies.Gradient(rest: "\"inputs\":[1]"), "inputs", "An object is expected." },
        { Bodies.Gradient(rest: "\"inputs\":{},\"inputs\":{}"), "inputs", "The member is given twice." },
        { Bodies.Gradient(rest: "\"inputs\":{\"a\":1,\"a\":2}"), "inputs.a", "The member is given twice." },
        { Bodies.Gradient(rest: "\"clipNorm\":\"NaN\""), "clipNorm", "A finite number is expected, not a string." },
        { Bodies.Gradient(rest: "\"clipNorm\":1e999"), "clipNorm", "beyond the range of float64" },
        { Bodies.Gradient(rest: "\"device\":\"gpu\""), "device", "One of \"auto\", \"host\", \"cuda\", \"opencl\", \"ilgpuCpu\" is expected." },
        { Bodies.Gradient(rest: "\"encoding\":1"), "encoding", "One of \"nested\", \"flat\", \"base64\" is expected." },
        { Bodies.Gradient(rest: "\"trace\":\"x\""), "trace", "A boolean is expected, not a string." },
        { Bodies.Gradient(rest: "\"onnx\":\"*\""), "onnx", "The string is no base64." },
        { Bodies.Gradient(rest: "\"output\":\"\\ud800\""), "output", "The text is no valid Unicode." },
        { Bodies.Gradient(rest: "\"checkpointing\":{\"checkpoints\":1}"), "checkpointing.checkpoints", "Unknown member" },
        { Bodies.Gradient(rest: "\"checkpointing\":{\"every\":1,\"every\":1}"), "checkpointing.every", "given twice" },
        { """{"graph":{"inputs":[{"name":"a","shape":[2,true]}]}}""", "graph.inputs[0].shape[1]", "An extent is a whole number or a name." },
        { """{"graph":{"inputs":[{"name":"a","dtype":"int"}]}}""", "graph.inputs[0].dtype", "One of \"float64\"" },
        { "", "", "The body is empty; JSON is expected." },
        { "[]", "", "The body is a JSON object." },
        { "graph=1", "", "(line 1, byte 1)" },
        { """{"output":"a",}""", "", "trailing comma" },
        { """{"inputs":{"a":NaN}}""", "inputs.a", "Malformed JSON" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void WhatIsWrongIsFoundAndNamed(string body, string path, string message)
    {
        (string Path, string Message) refused = Bodies.Refused<GradientRequest>(body);

        refused.Path.ShouldBe(path);
        refused.Message.ShouldContain(message);
    }

    [Fact]
    public void AMissingRequiredMemberOfTheBodyIsNamed() =>
        Bodies.Refused<JacobianVectorProductRequest>(Bodies.Gradient()).ShouldBe(("tangents", "The member is missing."));

    [Fact]
    public void TextThatIsNoUnicodeIsRefused()
    {
        byte[] body = [.. "{\"output\":\""u8, 0xff, 0xfe, .. "\"}"u8];

        Bodies.Refused<GradientRequest>(body).ShouldBe(("output", "The text is no valid Unicode."));
    }
}
