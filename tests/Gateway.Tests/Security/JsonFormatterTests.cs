using System.Diagnostics;
using System.Text.Json;
using EvCharge.Domain.Identity;
using EvCharge.GatewayTests.Ocpp;
using EvCharge.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class JsonFormatterTests
{
    private readonly JsonFormatter _formatter = new(new FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero)));

    [Fact]
    public void An_event_is_one_line_with_its_tenant_its_trace_and_what_stands_in_it()
    {
        using var span = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();
        KeyValuePair<string, object?>[] values =
        [
            new("Charger", new ChargerId(new TenantId("lyon"), "CP1")), new("Text", "a\nb\u001b"), new("{OriginalFormat}", "{Charger} says {Text}"),
        ];

        var line = Written(values, "lyon/CP1 says a\nb", new InvalidOperationException("broken"));

        Assert.Equal(1, line.Count(c => c == '\n'));
        var json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("2026-11-29T12:00:00.000Z", json.GetProperty("time").GetString());
        Assert.Equal(("warn", "Category", "lyon"), (Text(json, "level"), Text(json, "category"), Text(json, "tenant")));
        Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (Text(json, "trace"), Text(json, "span")));
        Assert.Equal("""{"Charger":"lyon/CP1","Text":"a\nb\u001B"}""", json.GetProperty("values").GetRawText());
        Assert.Contains("broken", Text(json, "exception"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("site")]
    [InlineData("connector")]
    [InlineData("tenant")]
    public void Whatever_names_a_tenant_tells_it(string kind)
    {
        var tenant = new TenantId("lyon");
        object value = kind switch
        {
            "site" => new SiteId(tenant, "depot"),
            "connector" => new ConnectorId(new ChargerId(tenant, "CP1"), 1),
            _ => tenant,
        };

        Assert.Equal("lyon", Text(JsonDocument.Parse(Written([new("Of", value)], "", null)).RootElement, "tenant"));
    }

    [Fact]
    public void What_is_of_no_tenant_tells_none() =>
        Assert.False(JsonDocument.Parse(Written([new("Charger", "lyon/CP1")], "", null)).RootElement.TryGetProperty("tenant", out _));

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private string Written(KeyValuePair<string, object?>[] values, string message, Exception? fault)
    {
        using var text = new StringWriter();
        _formatter.Write(
            new LogEntry<KeyValuePair<string, object?>[]>(LogLevel.Warning, "Category", new EventId(1, "Said"), values, fault, (_, _) => message), null, text);
        return text.ToString();
    }
}
