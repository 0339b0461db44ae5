namespace Backprop.Api.Platform.Routes;

/// <summary>The methods of a route, in the header <c>Allow</c> of 405, and of the answer to OPTIONS (RFC 9110, sections 9.3.7 and 15.5.6).</summary>
internal static class AllowedMethods
{
    /// <summary>Completes the header that routing has set on a 405: a route with GET has HEAD too, every route has OPTIONS.</summary>
    /// <param name="context">The request.</param>
    /// <returns>True if the request was OPTIONS, so that the header is the answer (204).</returns>
    public static bool Answers(HttpContext context)
    {
        var allow = context.Response.Headers.Allow.ToString();
        string head = allow.Split(", ").Contains(HttpMethods.Get) ? $", {HttpMethods.Head}" : "";
        context.Response.Headers.Allow = $"{allow}{head}, {HttpMethods.Options}";
        if (!HttpMethods.IsOptions(context.Request.Method))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return true;
    }
}
