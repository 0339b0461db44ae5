using System.Net;
using System.Net.Sockets;
using Backprop.Api.Tests.Hosting;
using Backprop.Client;
using Backprop.Client.Learners;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Backprop.Api.Tests.Learners;

/// <summary>The service with a clock that can be advanced, and learners with clients of their own.</summary>
public class LearnerFixture : ApiFixture
{
    public const string Password = "a long walk by the sea";

    private readonly List<ServiceProvider> _clients = [];

    /// <summary>The clock of the service.</summary>
    public MovingClock Clock { get; } = new();

    /// <summary>A new learner, signed in.</summary>
    public async Task<SignedIn> SignUpAsync()
    {
        var credentials = new Credentials { Email = $"{Guid.NewGuid():N}@example.org", Password = Password };
        await Api.RegisterAsync(credentials);
        var learner = new SignedIn { Credentials = credentials, Tokens = await Api.SignInAsync(credentials) };
        ServiceProvider client = new ServiceCollection()
            .AddBackpropClient(options => (options.BaseAddress, options.AccessToken) = (Address, _ => ValueTask.FromResult<string?>(learner.Tokens.AccessToken)))
            .Services.BuildServiceProvider();
        _clients.Add(client);
        learner.Api = client.GetRequiredService<IBackpropApi>();
        return learner;
    }

    /// <summary>A client at another address of the loopback interface: 127.0.0.n.</summary>
    public HttpClient At(int host) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (connection, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)host]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, connection.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = Address,
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("RateLimits:QuizzesPerMinute", "0");
        builder.ConfigureServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_ => Clock)));
    }

    protected override void Dispose(bool disposing)
    {
        _clients?.ForEach(client => client.Dispose());
        base.Dispose(disposing);
    }
}

/// <summary>A learner with a client of its own.</summary>
public sealed class SignedIn
{
    public required Credentials Credentials { get; init; }

    public required AccountTokens Tokens { get; set; }

    public IBackpropApi Api { get; set; } = null!;
}

/// <summary>The system time plus the advances of a test.</summary>
public class MovingClock : TimeProvider
{
    private DateTimeOffset? _stopped;

    public TimeSpan Ahead { get; set; }

    /// <summary>From now on only the test advances it, however slow the machine is.</summary>
    public void Stop() => _stopped ??= DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => (_stopped ?? DateTimeOffset.UtcNow) + Ahead;
}
