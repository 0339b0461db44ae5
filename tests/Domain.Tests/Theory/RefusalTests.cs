using System.Text.Json;
using Backprop.Domain.Graphs;
using Backprop.Domain.Tests.Running;
using Backprop.Testing.Running;
using Shouldly;
using Xunit;

namespace Backprop.Domain.Tests.Theory;

/// <summary>Every operator rejects what it does not support, naming the operator and the position.</summary>
public class RefusalTests
{
    // A node over x and up to six more operands a … f, their shapes, and a part of the message.
    [Theory]
    [InlineData("""{"op":"BatchNormalization","inputs":["x","a","b","c","d"]}""", "3 3 3 3 3", "[N,C,…]")]
    [InlineData("""{"op":"BatchNormalization","inputs":["x","a","b","c","d"]}""", "2,3 3 3 2 3", "shape [2]")]
    [InlineData("""{"op":"InstanceNormalization","inputs":["x","a","b"]}""", "3 3 3", "[N,C,…]")]
    [InlineData("""{"op":"GroupNormalization","inputs":["x","a","b"],"attributes":{"num_groups":2}}""", "2,3,2 3 3", "does not divide")]
    [InlineData("""{"op":"GroupNormalization","inputs":["x","a","b"],"attributes":{"num_groups":0}}""", "2,3,2 3 3", "num_groups is 0")]
    [InlineData("""{"op":"LpNormalization","inputs":["x"],"attributes":{"p":3}}""", "2,3", "expected 1 or 2")]
    [InlineData("""{"op":"MeanVarianceNormalization","inputs":["x"]}""", "2,3", "out of range")]
    [InlineData("""{"op":"DepthToSpace","inputs":["x"],"attributes":{"blocksize":2}}""", "1,6,2,2", "6 channels")]
    [InlineData("""{"op":"SpaceToDepth","inputs":["x"],"attributes":{"blocksize":0}}""", "1,6,2,2", "blocksize 0")]
    [InlineData("""{"op":"Det","inputs":["x"]}""", "2,3", "square")]
    [InlineData("""{"op":"Resize","inputs":["x"]}""", "2,3", "scales and sizes")]
    [InlineData("""{"op":"Resize","inputs":["x"],"attributes":{"scales":[1,-2]}}""", "2,3", "positive")]
    [InlineData("""{"op":"Resize","inputs":["x"],"attributes":{"scales":[1,1e12]}}""", "2,3", "long")]
    [InlineData("""{"op":"Resize","inputs":["x"],"attributes":{"scales":[1,1e-9],"sizes":[2,1]}}""", "2,3", "exactly one")]
    [InlineData("""{"op":"Resize","inputs":["x","","a"]}""", "2,3 2", "scales holds 0")]
    [InlineData("""{"op":"Resize","inputs":["x"],"attributes":{"sizes":[2,3],"coordinate_transformation_mode":"tf_crop_and_resize"}}""", "2,3", "roi")]
    [InlineData("""{"op":"Upsample","inputs":["x"]}""", "2,3", "scales is missing")]
    [InlineData("""{"op":"Einsum","inputs":["x","a"],"attributes":{"equation":"ab,c->abc->"}}""", "2,3 4", "2 arrows")]
    [InlineData("""{"op":"Einsum","inputs":["x","a"],"attributes":{"equation":"ab,bc->ac"}}""", "2,3 2,4", "has extents 3 and 2")]
    [InlineData("""{"op":"Einsum","inputs":["x"],"attributes":{"equation":"aa->a"}}""", "1,3", "has extents 1 and 3")]
    [InlineData("""{"op":"LSTM","inputs":["x","a","b"]}""", "3,2,4 1,8,4 1,8,3", "expected [1,12,4]")]
    [InlineData("""{"op":"LSTM","inputs":["x","a","b"],"attributes":{"hidden_size":5}}""", "3,2,4 1,8,4 1,8,2", "hidden_size is 5")]
    [InlineData("""{"op":"LSTM","inputs":["x","a","b"]}""", "0,2,4 1,8,4 1,8,2", "0 steps")]
    [InlineData("""{"op":"RNN","inputs":["x","a","b"],"attributes":{"activations":["Sine"]}}""", "3,2,4 1,2,4 1,2,2", "'Sine'")]
    [InlineData("""{"op":"RNN","inputs":["x","a","b"],"attributes":{"activations":["Tanh","Tanh"]}}""", "3,2,4 1,2,4 1,2,2", "expected 1")]
    [InlineData("""{"op":"RNN","inputs":["x","a","b"]}""", "20000,1,1 1,1,1 1,1,1", "20000 steps")]
    [InlineData("""{"op":"GRU","inputs":["x","a","b","c"]}""", "3,2,4 1,6,4 1,6,2 1,6", "expected [1,12]")]
    [InlineData("""{"op":"Attention","inputs":["x","a","b"]}""", "1,2,3,4 1,2,3,5 1,2,3,4", "do not fit")]
    [InlineData("""{"op":"Attention","inputs":["x","a","b"]}""", "1,2,4 1,2,4 1,2,4", "q_num_heads 0")]
    [InlineData("""{"op":"Attention","inputs":["x","a","b","c"]}""", "1,2,3,4 1,2,3,4 1,2,3,4 2,3", "attn_mask")]
    [InlineData("""{"op":"Attention","inputs":["x","a","b","","c"]}""", "1,2,3,4 1,2,3,4 1,2,3,4 1,2,3,4", "both or none")]
    [InlineData("""{"op":"RotaryEmbedding","inputs":["x","a","b"],"attributes":{"rotary_embedding_dim":3}}""", "1,2,3,4 1,3,2 1,3,2", "even")]
    [InlineData("""{"op":"RotaryEmbedding","inputs":["x","a","b"]}""", "1,3,4 1,3,2 1,3,2", "num_heads 0")]
    [InlineData("""{"op":"Adam","inputs":[0.1,0,"x","a","b"]}""", "2 2 2", "4 operands")]
    [InlineData("""{"op":"Adagrad","inputs":[0.1,0,"x","a","b"]}""", "2 2 3", "another shape")]
    [InlineData("""{"op":"GridSample","inputs":["x","a"]}""", "1,2,3,4 1,2,2,3", "are expected")]
    [InlineData("""{"op":"AffineGrid","inputs":["x"],"attributes":{"size":[1]}}""", "1,2,3", "are expected")]
    [InlineData("""{"op":"DFT","inputs":["x"]}""", "2,3,3", "one part or two")]
    [InlineData("""{"op":"DFT","inputs":["x"],"attributes":{"axis":-1}}""", "2,3,2", "parts of the numbers")]
    [InlineData("""{"op":"STFT","inputs":["x",0,"a"]}""", "2,9 4", "do not fit")]
    [InlineData("""{"op":"HannWindow","inputs":[-1]}""", "1", "negative")]
    [InlineData("""{"op":"HannWindow","inputs":[1000000000000]}""", "1", "out of range")]
    [InlineData("""{"op":"RandomUniform","attributes":{"shape":[100000,100000]},"inputs":[]}""", "1", "MaxElements")]
    [InlineData("""{"op":"RandomNormal","attributes":{"shape":[2],"dtype":7},"inputs":[]}""", "1", "int64")]
    [InlineData("""{"op":"EyeLike","inputs":["x"]}""", "3", "not a matrix")]
    [InlineData("""{"op":"CenterCropPad","inputs":["x"],"attributes":{"shape":[3]}}""", "3,2", "2 axes")]
    [InlineData("""{"op":"MelWeightMatrix","inputs":[8,16,0,0.0,100.0]}""", "1", "positive")]
    public void A_call_that_fits_nothing_is_refused(string node, string shapes, string told)
    {
        string[] names = ["x", "a", "b", "c", "d", "e", "f"];
        (string Name, Shape Shape)[] operands = [.. shapes.Split(' ').Zip(names, (dims, name) => (name, Shape.Of([.. dims.Split(',').Select(int.Parse)])))];
        var inputs = operands.ToDictionary(operand => operand.Name, operand => new Literal(Tensor.Zeros(new TensorType(DType.Float64, operand.Shape))));
        string text = $$"""{"inputs":[{{string.Join(',', operands.Select(operand => $$"""{"name":"{{operand.Name}}"}"""))}}],"nodes":[{"name":"y",{{node[1..]}}],"outputs":["y"]}""";
        var error = Should.Throw<GraphException>(() => Engine.Bind(WireReader.Graph(JsonDocument.Parse(text).RootElement), inputs));
        error.Message.ShouldContain(told);
        error.Node.ShouldBe("y");
    }
}
