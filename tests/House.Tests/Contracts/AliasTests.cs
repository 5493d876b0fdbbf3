namespace EvCharge.HouseTests.Contracts;

public sealed class AliasTests
{
    [Fact]
    public void Everything_that_crosses_silos_has_an_alias_and_unique_ids() => AliasRule.Check(Repository.CSharp("src")).AreNone();

    [Fact]
    public void The_rule_sees_the_contracts()
    {
        var sources = Repository.CSharp("src/Contracts", "src/Domain");

        Assert.True(sources.Sum(source => source.SerializedTypes().Count()) >= 20);
    }

    [Theory]
    [InlineData("interface IA : IGrainWithStringKey { }", "IA has no alias")]
    [InlineData("""[Alias("a")] interface IA : IGrainObserver { ValueTask F(); }""", "IA.F has no alias")]
    [InlineData("""[Alias("a")] interface IA : IGrainWithStringKey { [Alias("F")] void F(); [Alias("F")] void G(); }""", "IA uses the alias F twice")]
    [InlineData("[GenerateSerializer] record A;", "A has no alias")]
    [InlineData("""[GenerateSerializer, Alias("a")] record A([property: Id(0)] int X, int Y);""", "A.Y has no id")]
    [InlineData("""[GenerateSerializer, Alias("a")] record A([property: Id(0)] int X, [property: Id(0)] int Y);""", "A uses the id 0 twice")]
    [InlineData("""[GenerateSerializer, Alias("a")] record A { public int X { get; init; } }""", "A.X has no id")]
    [InlineData("""[GenerateSerializer, Alias("a")] class A { [Id(0)] int _x; [Id(0)] public int Y { get; set; } }""", "A uses the id 0 twice")]
    [InlineData("""[Alias("a")] enum A { X } [Alias("a")] enum B { X }""", "uses the alias a of another type")]
    public void A_missing_or_repeated_name_is_found(string code, string says) =>
        Assert.Equal(says, Assert.Single(AliasRule.Check([new("src/Sample.cs", code)])).Says);

    [Theory]
    [InlineData("""[GenerateSerializer, Alias("a")] record A([property: Id(0)] int X) { public static int Y { get; } public int Z => X; }""")]
    [InlineData("""[GenerateSerializer, Alias("b")] record B(int X, [property: Id(0)] int Y) : A(X);""")]
    [InlineData("""[Alias("a")] interface IA : IGrainWithStringKey { [Alias("F"), OneWay] ValueTask F(); }""")]
    [InlineData("interface IClock { void Now(); }")]
    public void What_is_named_or_carries_no_data_is_fine(string code) => AliasRule.Check([new("src/Sample.cs", code)]).AreNone();
}
