using System.Text.Json.Serialization;

namespace Backprop.Api.Protocols.Tesseract;

/// <summary>The type of an array.</summary>
/// <param name="Shape">Its shape.</param>
/// <param name="DType">Its element type, as NumPy names it.</param>
internal sealed record TesseractArrayType(IReadOnlyList<long> Shape, [property: JsonPropertyName("dtype")] string DType);

/// <summary>An encoded array.</summary>
/// <param name="ObjectType"><c>array</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="DType">Its element type, as NumPy names it.</param>
/// <param name="Data">Its elements.</param>
internal sealed record TesseractArray(
    [property: JsonPropertyName("object_type")] string ObjectType,
    IReadOnlyList<long> Shape,
    [property: JsonPropertyName("dtype")] string DType,
    TesseractData Data);

/// <summary>The elements of an array.</summary>
/// <param name="Buffer">A number, nested lists of numbers, or base64 text.</param>
/// <param name="Encoding"><c>json</c> or <c>base64</c>.</param>
internal sealed record TesseractData(object Buffer, string Encoding);

/// <summary>An error.</summary>
/// <param name="Detail">What is wrong: text, or if the body is invalid (422), a list of faults as pydantic writes them.</param>
internal sealed record TesseractError(object Detail);

/// <summary>The health of a model.</summary>
/// <param name="Status"><c>ok</c>.</param>
internal sealed record TesseractHealth(string Status);
