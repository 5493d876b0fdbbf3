using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EvCharge.HouseTests.Structure;

/// <summary>How many files a new OCPP message costs: the promise of docs/extending.md.</summary>
public sealed class FootprintTests
{
    private static readonly IReadOnlyList<SourceText> Product = Repository.CSharp("src");

    /// <summary>They send commands by themselves, to keep chargers as they should be and to see what they can.</summary>
    private static readonly string[] Upkeep =
    [
        "src/Grains/Chargers/V16/StateDialect.cs", "src/Grains/Chargers/V16/ListDialect.cs", "src/Grains/Chargers/V16/ProfileDialect.cs",
        "src/Grains/Chargers/V16/TestDialect.cs", Relay,
    ];

    /// <summary>It speaks in the name of chargers.</summary>
    private const string Relay = "src/Grains/Chargers/V16/RelayDialect.cs";

    [Fact]
    public void A_message_from_chargers_stands_in_its_file_the_action_table_and_its_handlers()
    {
        var messages = Requests("FromCharger").Concat(Requests("Both")).ToList();

        Assert.Contains("StatusNotificationRequest", messages);
        var handled = Product.Where(source => source.Path != Relay).ToList();
        FootprintRule.Check(handled, messages, allowed: 3).AreNone();
        Assert.Equal(
            ["src/Grains/Chargers/V16/CoreHandlers.cs", "src/Ocpp/V16/Actions.cs", "src/Ocpp/V16/Core/StatusNotification.cs"],
            FootprintRule.FilesWith(handled, "StatusNotificationRequest"));
    }

    [Fact]
    public void A_command_to_chargers_stands_in_its_file_and_the_action_table()
    {
        var messages = Requests("ToCharger").ToList();

        Assert.Contains("ResetRequest", messages);
        FootprintRule.Check([.. Product.Where(source => !Upkeep.Contains(source.Path))], messages, allowed: 2).AreNone();
    }

    [Fact]
    public void A_message_that_leaks_into_another_file_is_found()
    {
        SourceText[] sources =
        [
            new("src/Ocpp/Ping.cs", "record PingRequest;"),
            new("src/Ocpp/Actions.cs", "class Actions { Action a = To<PingRequest>(); }"),
            new("src/Grains/Sites/SiteGrain.cs", "class SiteGrain { PingRequest? last; }"),
            new("src/Grains/Notes.cs", "// PingRequest in a comment does not count\nclass Notes { string s = \"PingRequest\"; }"),
        ];

        Assert.Empty(FootprintRule.Check(sources, ["PingRequest"], allowed: 3));
        Assert.Single(FootprintRule.Check(sources, ["PingRequest"], allowed: 2));
    }

    /// <summary>Request types of the OCPP 1.6 table that are entered by the given method.</summary>
    private static IEnumerable<string> Requests(string direction) =>
        Product.Single(source => source.Path == "src/Ocpp/V16/Actions.cs").Nodes<InvocationExpressionSyntax>()
            .Select(call => call.Expression).OfType<GenericNameSyntax>().Where(name => name.Identifier.Text == direction)
            .Select(name => name.TypeArgumentList.Arguments[0].ToString());
}
