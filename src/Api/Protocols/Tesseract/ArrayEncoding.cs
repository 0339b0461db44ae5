namespace Backprop.Api.Protocols.Tesseract;

/// <summary>How the elements of an answer's arrays are written.</summary>
internal enum ArrayEncoding
{
    /// <summary>As numbers.</summary>
    Json,

    /// <summary>As base64.</summary>
    Base64,

    /// <summary>As base64 of an LZ4 frame.</summary>
    CompressedBase64,
}
