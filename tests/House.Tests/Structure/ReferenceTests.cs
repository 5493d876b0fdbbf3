namespace EvCharge.HouseTests.Structure;

public sealed class ReferenceTests
{
    [Fact]
    public void Projects_reference_only_what_the_house_allows()
    {
        var projects = Repository.Files("src", ".csproj").Concat(Repository.Files("tools", ".csproj")).ToList();

        Assert.True(projects.Count >= 10);
        ReferenceRule.Check(projects).AreNone();
    }

    [Theory]
    [InlineData("src/Gateway/Gateway.csproj", """<ProjectReference Include="../Grains/Grains.csproj" />""", "Gateway may not reference Grains")]
    [InlineData("src/Domain/Domain.csproj", """<ProjectReference Include="..\Ocpp\Ocpp.csproj" />""", "Domain may not reference Ocpp")]
    [InlineData("src/Domain/Domain.csproj", """<PackageReference Include="Dapper" />""", "Domain may not use the package Dapper")]
    [InlineData("src/Silo/Silo.csproj", """<PackageReference Include="Polly" Version="1" />""", "the version of Polly belongs into Directory.Packages.props")]
    [InlineData("src/Annex/Annex.csproj", "", "Annex has no place in the house: add it to the reference table")]
    public void A_reference_too_many_is_found(string path, string item, string says)
    {
        var found = ReferenceRule.Check([new(path, $"<Project><ItemGroup>{item}</ItemGroup></Project>")]);

        Assert.Equal(says, Assert.Single(found).Says);
    }

    [Fact]
    public void An_allowed_reference_is_no_finding() =>
        ReferenceRule.Check([new("src/Grains/Grains.csproj", """<Project><ProjectReference Include="../Ocpp/Ocpp.csproj" /></Project>""")]).AreNone();
}
