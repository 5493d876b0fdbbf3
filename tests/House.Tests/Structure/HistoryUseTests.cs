using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EvCharge.HouseTests.Structure;

public sealed class HistoryUseTests
{
    private static string Here(string file) => Path.Combine(AppContext.BaseDirectory, file);

    [Fact]
    public void The_gateway_leaves_sessions_to_the_silos()
    {
        using var gateway = File.OpenRead(Here("EvCharge.Gateway.dll"));

        HistoryUseRule.Check("EvCharge.Gateway.dll", gateway).AreNone();
    }

    [Fact]
    public void A_use_of_sessions_is_found()
    {
        using var assembly = Compile("class Sample { object F(EvCharge.History.Sessions.SessionLog log) => log; }");

        Assert.Equal("uses EvCharge.History.Sessions.SessionLog", Assert.Single(HistoryUseRule.Check("Sample", assembly)).Says);
    }

    [Fact]
    public void A_use_of_queries_is_not()
    {
        using var assembly = Compile("class Sample { object F(EvCharge.History.Queries.FleetQueries fleet) => fleet; }");

        HistoryUseRule.Check("Sample", assembly).AreNone();
    }

    private static MemoryStream Compile(string code)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var references = trusted.Append(Here("EvCharge.History.dll")).Distinct().Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Sample", [CSharpSyntaxTree.ParseText(code)], references, new(OutputKind.DynamicallyLinkedLibrary));
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return image;
    }
}
