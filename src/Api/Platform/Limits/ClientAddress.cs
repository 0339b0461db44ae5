using System.Net;
using System.Net.Sockets;

namespace Backprop.Api.Platform.Limits;

/// <summary>What identifies a client for limits and quotas: its network address.</summary>
internal static class ClientAddress
{
    // An IPv6 network assigns each client many addresses that share their first 64 bits (RFC 6177).
    private const int NetworkBytes = 8;

    /// <summary>The name of a request's client: an IPv4 address, or the /64 network of an IPv6 address; empty if unknown.</summary>
    /// <param name="context">The request.</param>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    /// <summary>The name of the client at an address.</summary>
    /// <param name="address">The address, or null.</param>
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : address.ToString();
    }
}
