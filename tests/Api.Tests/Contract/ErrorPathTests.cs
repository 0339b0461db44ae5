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
        { Bodies.Gradient("""{"name":"d","op":7,"inputs":[]}"""), "graph.nodes[0].op", "The value must be a string; got a number." },
        { Bodies.Gradient("""{"name":"d","op":null,"inputs":[]}"""), "graph.nodes[0].op", "Null is not allowed here." },
        { Bodies.Gradient("""{"name":"d","inputs":[]}"""), "graph.nodes[0].op", "The member is missing." },
        { Bodies.Gradient("""{"name":"d"}"""), "graph.nodes[0].op", "Members are missing: op, inputs." },
        { Bodies.Gradient("""{"op":"Mul","inputs":["a",true]}"""), "graph.nodes[0].inputs[1]", "got a boolean" },
        { Bodies.Gradient("""{"op":"Mul","inputs":["a",1e999]}"""), "graph.nodes[0].inputs[1]", "exceeds the range of float64" },
        { Bodies.Gradient("""{"op":"Mul","inputs":[],"attributes":{"axes":[-1e999]}}"""), "graph.nodes[0].attributes.axes", "exceeds the range of float64" },
        { Bodies.Gradient("""{"op":"Mul","inputs":[],"attributes":{"axes":[1,"a"]}}"""), "graph.nodes[0].attributes.axes[1]", "must not mix" },
        { Bodies.Gradient("""{"op":"Mul","inputs":[],"attributes":{"axes":null}}"""), "graph.nodes[0].attributes.axes", "got null" },
        { Bodies.Gradient("null"), "graph.nodes[0]", "Null is not allowed here." },
        { Bodies.Gradient(rest: "\"wrt\":\"a\""), "wrt", "The value must be a list." },
        { Bodies.Gradient(rest: "\"wrt\":[\"a\",null]"), "wrt[1]", "Null is not allowed here." },
        { Bodies.Gradient(rest: "\"inputs\":[1]"), "inputs", "The value must be an object." },
        { Bodies.Gradient(rest: "\"inputs\":{},\"inputs\":{}"), "inputs", "The member appears twice." },
        { Bodies.Gradient(rest: "\"inputs\":{\"a\":1,\"a\":2}"), "inputs.a", "The member appears twice." },
        { Bodies.Gradient(rest: "\"clipNorm\":\"NaN\""), "clipNorm", "The value must be a finite number; got a string." },
        { Bodies.Gradient(rest: "\"clipNorm\":1e999"), "clipNorm", "exceeds the range of float64" },
        { Bodies.Gradient(rest: "\"device\":\"gpu\""), "device", "The value must be one of \"auto\", \"host\", \"cuda\", \"opencl\", \"ilgpuCpu\"." },
        { Bodies.Gradient(rest: "\"encoding\":1"), "encoding", "The value must be one of \"nested\", \"flat\", \"base64\"." },
        { Bodies.Gradient(rest: "\"trace\":\"x\""), "trace", "The value must be a boolean; got a string." },
        { Bodies.Gradient(rest: "\"onnx\":\"*\""), "onnx", "The string is not valid base64." },
        { Bodies.Gradient(rest: "\"output\":\"\\ud800\""), "output", "The text is not valid Unicode." },
        { Bodies.Gradient(rest: "\"checkpointing\":{\"checkpoints\":1}"), "checkpointing.checkpoints", "Unknown member" },
        { Bodies.Gradient(rest: "\"checkpointing\":{\"every\":1,\"every\":1}"), "checkpointing.every", "appears twice" },
        { """{"graph":{"inputs":[{"name":"a","shape":[2,true]}]}}""", "graph.inputs[0].shape[1]", "An extent must be a whole number or a name." },
        { """{"graph":{"inputs":[{"name":"a","dtype":"int"}]}}""", "graph.inputs[0].dtype", "one of \"float64\"" },
        { "", "", "The body must be JSON; it is empty." },
        { "[]", "", "The body must be a JSON object." },
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

        Bodies.Refused<GradientRequest>(body).ShouldBe(("output", "The text is not valid Unicode."));
    }
}
