namespace EvCharge.HouseTests.Structure;

public sealed class SizeTests
{
    private static readonly IReadOnlyList<SourceText> CSharp = Repository.CSharp("src", "tools", "tests", "bench");
    private static readonly IReadOnlyList<SourceText> Code = [.. CSharp, .. Repository.Files("src", ".ts", ".tsx", ".js", ".css")];

    [Fact]
    public void No_file_is_too_long() => SizeRule.Files(Code).AreNone();

    [Fact]
    public void No_method_is_too_long() => SizeRule.Methods(CSharp).AreNone();

    [Fact]
    public void Files_are_short_as_a_rule()
    {
        Assert.InRange(SizeRule.Quantile(Code, 0.5), 1, SizeRule.FileMedian);
        Assert.InRange(SizeRule.Quantile(Code, 0.95), 1, SizeRule.FileP95);
    }

    [Theory]
    [InlineData("src/Domain/Plan.cs", 401)]
    [InlineData("src/Grains/Chargers/ChargerGrain.cs", 251)]
    [InlineData("src/Grains/Chargers/ChargerGrain.Commands.cs", 251)]
    [InlineData("src/Silo/Program.cs", 41)]
    public void One_line_over_the_limit_is_found(string path, int lines)
    {
        Assert.Empty(SizeRule.Files([Sample(path, lines - 1)]));
        Assert.Single(SizeRule.Files([Sample(path, lines)]));
    }

    [Fact]
    public void A_method_of_71_lines_is_found()
    {
        Assert.Empty(SizeRule.Methods([MethodOf(70)]));
        Assert.Equal(2, Assert.Single(SizeRule.Methods([MethodOf(71)])).Line);
    }

    [Fact]
    public void The_quantile_is_that_of_sorted_lengths()
    {
        SourceText[] sources = [Sample("a", 30), Sample("b", 10), Sample("c", 500), Sample("d", 20)];

        Assert.Equal(20, SizeRule.Quantile(sources, 0.5));
        Assert.Equal(500, SizeRule.Quantile(sources, 0.95));
    }

    private static SourceText Sample(string path, int lines) => new(path, string.Concat(Enumerable.Repeat("// x\n", lines)));

    private static SourceText MethodOf(int lines) => new(
        "src/Domain/Sample.cs",
        "class Sample {\nvoid Long()\n{\n" + string.Concat(Enumerable.Repeat("F();\n", lines - 3)) + "}\n}\n");
}
