using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EvCharge.GatewayTests.Api;

namespace EvCharge.GatewayTests.Operations;

/// <summary>Firmware that its manufacturer has signed: what a charger would refuse does not get to it.</summary>
public sealed class FirmwareSignatureTests(GatewayHost host)
{
    private static readonly byte[] File = [.. Enumerable.Range(0, 300_000).Select(number => (byte)number)];

    [Theory]
    [InlineData("PS256", "PS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("ES256 as DER", "ES256")]
    [InlineData("ES256 as two numbers", "ES256")]
    public async Task A_charger_is_told_of_a_signed_firmware_with_its_signature(string way, string algorithm)
    {
        using var maker = new Manufacturer(way);
        var (file, name) = (await Stored(), await NewCharger());
        var signature = maker.Sign(File);
        var signed = (await Sign(file, maker.Pem, signature)).Expect(HttpStatusCode.OK).Body.GetProperty("signature");
        Assert.Equal((algorithm, "CN=Maker"), (signed.GetProperty("algorithm").GetString(), signed.GetProperty("subject").GetString()));
        await using var charger = await WireCharger.Connect(host.Address, name);

        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = file, installAt = "2026-12-24T02:00:00Z" })).Expect(HttpStatusCode.Accepted);
        var (id, action, payload) = await charger.NextCall();
        await charger.Answer(id, """{"status":"Accepted"}""");

        Assert.Equal("SignedUpdateFirmware", action);
        var firmware = payload.GetProperty("firmware");
        Assert.Equal(signature, firmware.GetProperty("signature").GetString());
        using var certificate = X509Certificate2.CreateFromPem(firmware.GetProperty("signingCertificate").GetString());
        Assert.Equal("CN=Maker", certificate.Subject);
        Assert.StartsWith("2026-12-24T02:00:00", firmware.GetProperty("installDateTime").GetString(), StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal(File, await http.GetByteArrayAsync(firmware.GetProperty("location").GetString(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_charger_that_finds_it_forged_leaves_an_event()
    {
        using var maker = new Manufacturer("PS256");
        var (file, name) = (await Stored(), await NewCharger());
        (await Sign(file, maker.Pem, maker.Sign(File))).Expect(HttpStatusCode.OK);
        await using var charger = await WireCharger.Connect(host.Address, name);
        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = file, signed = true })).Expect(HttpStatusCode.Accepted);
        var (id, _, payload) = await charger.NextCall();
        await charger.Answer(id, """{"status":"Accepted"}""");

        await charger.Call("SignedFirmwareStatusNotification", $$"""{"status":"InvalidSignature","requestId":{{payload.GetProperty("requestId").GetInt32()}}}""");

        await Ocpp.Eventually.Holds(async () => (await host.Administrator.Get($"/api/v1/events?charger={name}")).Text.Contains("firmware-refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_charger_without_the_extension_is_told_in_the_old_way()
    {
        using var maker = new Manufacturer("RS256");
        var (file, name) = (await Stored(), await NewCharger());
        (await Sign(file, maker.Pem, maker.Sign(File))).Expect(HttpStatusCode.OK);
        await using var charger = await WireCharger.Connect(host.Address, name);

        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = file, signed = false })).Expect(HttpStatusCode.Accepted);

        Assert.Equal("UpdateFirmware", (await charger.NextCall()).Action);
    }

    [Trait("attack", "forged-firmware")]
    [Fact]
    public async Task What_no_charger_could_verify_is_refused()
    {
        var file = await Stored();
        using var maker = new Manufacturer("PS256");
        using var other = new Manufacturer("PS256");
        using var weak = new Manufacturer("RS256", bits: 1_024);
        using var ended = new Manufacturer("PS256", days: -1);
        using var authority = new Manufacturer("PS256", usage: X509KeyUsageFlags.KeyCertSign);
        var good = maker.Sign(File);

        (await Sign(file, maker.Pem, maker.Sign([1, 2, 3]))).ExpectField(HttpStatusCode.UnprocessableEntity, "signature");
        (await Sign(file, other.Pem, good)).ExpectField(HttpStatusCode.UnprocessableEntity, "signature");
        (await Sign(file, maker.Pem, "no base64!")).ExpectField(HttpStatusCode.UnprocessableEntity, "signature");
        (await Sign(file, maker.Pem, new string('A', 804))).ExpectField(HttpStatusCode.UnprocessableEntity, "signature");
        (await Sign(file, weak.Pem, weak.Sign(File))).ExpectField(HttpStatusCode.UnprocessableEntity, "certificate");
        (await Sign(file, ended.Pem, ended.Sign(File))).ExpectField(HttpStatusCode.UnprocessableEntity, "certificate");
        (await Sign(file, authority.Pem, authority.Sign(File))).ExpectField(HttpStatusCode.UnprocessableEntity, "certificate");
        foreach (var text in (string?[])[null, "", "a certificate", $"{maker.Pem}\n{other.Pem}", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", new string('x', 5_501)])
        {
            (await Sign(file, text, good)).ExpectField(HttpStatusCode.UnprocessableEntity, "certificate");
        }

        (await Sign("none", maker.Pem, good)).Expect(HttpStatusCode.NotFound);
        (await host.Administrator.Delete($"/api/v1/firmware/{file}/signature")).Expect(HttpStatusCode.NotFound);
        var name = await NewCharger();
        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = file, signed = true })).ExpectField(HttpStatusCode.UnprocessableEntity, "signed");
        (await host.Administrator.Post($"/api/v1/chargers/{name}/firmware", new { name = file, installAt = "2026-12-24T02:00:00Z" }))
            .ExpectField(HttpStatusCode.UnprocessableEntity, "installAt");
    }

    [Trait("attack", "forged-firmware")]
    [Fact]
    public async Task A_file_that_takes_the_place_of_a_signed_one_is_not_signed_by_it()
    {
        using var maker = new Manufacturer("ES256 as DER");
        var file = await Stored();
        (await Sign(file, maker.Pem, maker.Sign(File))).Expect(HttpStatusCode.OK);

        var replaced = (await host.Administrator.SendBytes(HttpMethod.Put, $"/api/v1/firmware/{file}", [1])).Expect(HttpStatusCode.Created);

        Assert.Equal(System.Text.Json.JsonValueKind.Null, replaced.Body.GetProperty("signature").ValueKind);
        (await host.Administrator.Delete($"/api/v1/firmware/{file}/signature")).Expect(HttpStatusCode.NotFound);
        (await Sign(file, maker.Pem, maker.Sign([1]))).Expect(HttpStatusCode.OK);
        (await host.Administrator.Delete($"/api/v1/firmware/{file}/signature")).Expect(HttpStatusCode.NoContent);
    }

    private Task<ApiAnswer> Sign(string file, string? certificate, string signature) =>
        host.Administrator.Put($"/api/v1/firmware/{file}/signature", new { certificate, signature });

    private async Task<string> Stored()
    {
        var name = host.Name("fw") + ".bin";
        (await host.Administrator.SendBytes(HttpMethod.Put, $"/api/v1/firmware/{name}", File)).Expect(HttpStatusCode.Created);
        return name;
    }

    private async Task<string> NewCharger()
    {
        var name = host.Name("CP");
        (await host.Administrator.Put($"/api/v1/chargers/{name}", new { })).Expect(HttpStatusCode.Created);
        return name;
    }

    /// <summary>Somebody who makes chargers, with a certificate of its own.</summary>
    private sealed class Manufacturer : IDisposable
    {
        private readonly string _way;
        private readonly RSA? _rsa;
        private readonly ECDsa? _ecdsa;

        public Manufacturer(string way, int bits = 2_048, int days = 30, X509KeyUsageFlags usage = X509KeyUsageFlags.DigitalSignature)
        {
            _way = way;
            CertificateRequest request;
            if (way.StartsWith("ES", StringComparison.Ordinal))
            {
                _ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                request = new CertificateRequest("CN=Maker", _ecdsa, HashAlgorithmName.SHA256);
            }
            else
            {
                _rsa = RSA.Create(bits);
                request = new CertificateRequest("CN=Maker", _rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }

            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
            var now = TimeProvider.System.GetUtcNow();
            using var certificate = request.CreateSelfSigned(now.AddDays(-60), now.AddDays(days));
            Pem = certificate.ExportCertificatePem();
        }

        public string Pem { get; }

        public string Sign(byte[] file) => Convert.ToBase64String(_way switch
        {
            "PS256" => _rsa!.SignData(file, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "RS256" => _rsa!.SignData(file, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "ES256 as DER" => _ecdsa!.SignData(file, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
            _ => _ecdsa!.SignData(file, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        });

        public void Dispose()
        {
            _rsa?.Dispose();
            _ecdsa?.Dispose();
        }
    }
}
