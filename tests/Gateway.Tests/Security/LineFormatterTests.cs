using EvCharge.GatewayTests.Ocpp;
using EvCharge.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EvCharge.GatewayTests.Security;

[Trait(InstallationKind.Trait, InstallationKind.Own)]
public sealed class LineFormatterTests
{
    [Theory]
    [InlineData("péage de Lyon 1 234,5 €", "péage de Lyon 1 234,5 €")]
    [InlineData("a\r\nb\tc", @"a\r\nb\tc")]
    [InlineData("\u001b[31mred\u0085", @"\u001b[31mred\u0085")]
    [InlineData("\u202eevil\u2028next", @"\u202eevil\u2028next")]
    public void What_would_turn_or_break_a_line_is_escaped(string text, string escaped) => Assert.Equal(escaped, LineFormatter.Escaped(text));

    [Fact]
    public void An_event_is_a_line_and_its_stack_is_indented()
    {
        var formatter = new LineFormatter(new FakeTimeProvider(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero)));
        using var text = new StringWriter();
        var fault = new InvalidOperationException("first\nsecond");

        formatter.Write(new LogEntry<string>(LogLevel.Warning, "Category", default, "said\nby a charger", fault, (state, _) => state), null, text);

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [@"2026-11-29T12:00:00.000Z warn Category: said\nby a charger", "    System.InvalidOperationException: first", "    second"], lines);
    }
}
