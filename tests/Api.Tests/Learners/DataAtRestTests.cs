using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Backprop.Api.Tests.Hosting;
using Backprop.Api.Tests.Robustness;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Backprop.Api.Tests.Learners;

/// <summary>The content of the service's files, and who can read them.</summary>
public sealed class DataAtRestTests
{
    private const string Password = "a long walk by the sea";

    [Fact]
    public async Task Files_are_for_the_services_user_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string database = folder.File("backprop.db");
        using (ServiceProcess service = await ServiceProcess.StartAsync(database))
        {
            await SignInAsync(service, "ada@example.org");
            Modes(folder).ShouldAllBe(file => file.Value == (UnixFileMode.UserRead | UnixFileMode.UserWrite), string.Join('\n', Modes(folder)));
            Modes(folder).Count.ShouldBeGreaterThanOrEqualTo(4);
            service.Kill();
        }

        // Files of an earlier version are readable by everyone.
        foreach (string file in Modes(folder).Keys)
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        }

        using ServiceProcess restarted = await ServiceProcess.StartAsync(database);
        await SignInAsync(restarted, "ada@example.org");
        Modes(folder).Where(file => !file.Key.EndsWith("lock", StringComparison.Ordinal)).ShouldAllBe(file => file.Value == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Authenticator_keys_recovery_codes_and_addresses_are_encrypted_also_those_from_before()
    {
        using var folder = new TemporaryFolder();
        string database = folder.File("backprop.db");
        string key;
        using (ServiceProcess service = await ServiceProcess.StartAsync(database))
        {
            await SignInAsync(service, "ada@example.org");
            key = await KeyAsync(service);
            service.Kill();
        }

        Tokens(database).ShouldAllBe(token => token.StartsWith("encrypted:", StringComparison.Ordinal));
        (await File.ReadAllTextAsync(database, Encoding.Latin1)).ShouldNotContain(key);

        // As an earlier version stored it.
        Execute(database, $"UPDATE LearnerTokens SET Value = '{key}' WHERE Name = 'AuthenticatorKey'");
        using (ServiceProcess restarted = await ServiceProcess.StartAsync(database))
        {
            await SignInAsync(restarted, "ada@example.org");
            (await KeyAsync(restarted)).ShouldBe(key);
            for (int i = 0; i < 100 && !Tokens(database).All(token => token.StartsWith("encrypted:", StringComparison.Ordinal)); i++)
            {
                await Task.Delay(100);
            }

            restarted.Kill();
        }

        Tokens(database).ShouldAllBe(token => token.StartsWith("encrypted:", StringComparison.Ordinal));
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(database)!))
        {
            (await File.ReadAllTextAsync(file, Encoding.Latin1)).ShouldNotContain(key, Case.Sensitive, file);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<key id=\"")]
    [InlineData("\0\0\0\0")]
    [InlineData("<key/>")]
    [InlineData("<other>1</other>")]
    public async Task A_broken_key_file_stops_nobody(string content)
    {
        using var folder = new TemporaryFolder();
        string keys = Directory.CreateDirectory(folder.File("backprop.db.keys")).FullName;
        await File.WriteAllTextAsync(Path.Combine(keys, $"key-{Guid.NewGuid()}.xml"), content);
        using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db"));
        await SignInAsync(service, "ada@example.org");
        (await service.Http.GetAsync("/account/manage/info")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Tokens_outlive_the_key_file_that_breaks_beside_theirs_and_are_refused_once_theirs_does()
    {
        using var folder = new TemporaryFolder();
        using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db"));
        await SignInAsync(service, "ada@example.org");
        service.Kill();
        string keys = folder.File("backprop.db.keys");
        Directory.EnumerateFiles(keys).ShouldHaveSingleItem().ShouldEndWith(".xml");
        await File.WriteAllTextAsync(Path.Combine(keys, "key-broken.xml"), "");
        using ServiceProcess restarted = await ServiceProcess.StartAsync(folder.File("backprop.db"));
        restarted.Http.DefaultRequestHeaders.Authorization = service.Http.DefaultRequestHeaders.Authorization;
        (await restarted.Http.GetAsync("/account/manage/info")).StatusCode.ShouldBe(HttpStatusCode.OK);
        restarted.Kill();

        foreach (string file in Directory.EnumerateFiles(keys))
        {
            await File.WriteAllTextAsync(file, "");
        }

        using ServiceProcess last = await ServiceProcess.StartAsync(folder.File("backprop.db"));
        last.Http.DefaultRequestHeaders.Authorization = service.Http.DefaultRequestHeaders.Authorization;
        (await last.Http.GetAsync("/account/manage/info")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await SignInAsync(last, "ada@example.org");
        (await last.Http.GetAsync("/learners/me/export")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_certificate_encrypts_the_key_ring()
    {
        using var folder = new TemporaryFolder();
        string certificate = folder.File("keys.pfx");
        using (var rsa = RSA.Create(2048))
        using (X509Certificate2 made = new CertificateRequest("CN=backprop", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)))
        {
            await File.WriteAllBytesAsync(certificate, made.Export(X509ContentType.Pkcs12, "secret"));
        }

        (string, string)[] settings = [("DataProtection__Certificate", certificate), ("DataProtection__CertificatePassword", "secret")];
        using ServiceProcess service = await ServiceProcess.StartAsync(folder.File("backprop.db"), settings);
        await SignInAsync(service, "ada@example.org");
        service.Kill();
        string ring = await File.ReadAllTextAsync(Directory.EnumerateFiles(folder.File("backprop.db.keys")).ShouldHaveSingleItem());
        ring.ShouldContain("EncryptedKey");
        ring.ShouldNotContain("<masterKey");

        using ServiceProcess restarted = await ServiceProcess.StartAsync(folder.File("backprop.db"), settings);
        restarted.Http.DefaultRequestHeaders.Authorization = service.Http.DefaultRequestHeaders.Authorization;
        (await restarted.Http.GetAsync("/account/manage/info")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task SignInAsync(ServiceProcess service, string email)
    {
        string credentials = $$"""{"email":"{{email}}","password":"{{Password}}"}""";
        (await service.Http.PostAsync("/account/register", Probes.Json(credentials))).StatusCode.ShouldBe(HttpStatusCode.OK);
        HttpResponseMessage answer = await service.Http.PostAsync("/account/login", Probes.Json(credentials));
        string body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        service.Http.DefaultRequestHeaders.Authorization = new("Bearer", (string?)System.Text.Json.Nodes.JsonNode.Parse(body)!["accessToken"]);
    }

    private static async Task<string> KeyAsync(ServiceProcess service)
    {
        HttpResponseMessage answer = await service.Http.PostAsync("/account/manage/2fa", Probes.Json("{}"));
        return (string)System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["sharedKey"]!;
    }

    private static Dictionary<string, UnixFileMode> Modes(TemporaryFolder folder) =>
        Directory.EnumerateFiles(folder.File("."), "*", SearchOption.AllDirectories).ToDictionary(file => file, file => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));

    private static List<string> Tokens(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT Value FROM LearnerTokens";
        using SqliteDataReader reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        values.ShouldNotBeEmpty();
        return values;
    }

    private static void Execute(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery().ShouldBe(1);
    }
}
