using System.Net.Http.Headers;

namespace Backprop.Client;

/// <summary>Sends the learner's access token with every request that names no other authorization.</summary>
internal sealed class AccessTokenHandler(Func<CancellationToken, ValueTask<string?>> accessToken) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && await accessToken(cancellationToken).ConfigureAwait(false) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
