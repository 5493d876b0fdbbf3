using System.Text.RegularExpressions;

namespace EvCharge.HouseTests.Deployment;

/// <summary>The cluster of docker-compose.yml, as far as it can be judged without an engine that runs it.</summary>
public sealed partial class ComposeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docker-compose.yml"));
    private static readonly YamlNode Services = YamlNode.Read(Text).Single()["services"];
    private static readonly string Dockerfile = File.ReadAllText(Path.Combine(Repository.Root, "Dockerfile"));

    private static IEnumerable<KeyValuePair<string, YamlNode>> OfTheProduct => Services.Members.Where(service => service.Value["build"].Exists);

    [Fact]
    public void It_has_two_silos_two_gateways_a_balancer_and_what_watches_them() =>
        Assert.Superset(
            new HashSet<string> { "silo1", "silo2", "gateway1", "gateway2", "migration", "balancer", "collector", "prometheus", "grafana", "sqlserver", "postgresql" },
            Services.Members.Keys.ToHashSet());

    [Fact]
    public void Whoever_is_waited_for_is_there() =>
        Assert.All(Services.Members, service => Assert.All(service.Value["depends_on"].Members.Keys, other => Assert.Contains(other, Services.Members.Keys)));

    [Fact]
    public void Files_that_are_mounted_are_in_the_repository() =>
        Assert.All(
            Services.Members.Values.SelectMany(service => service["volumes"].Items).Select(volume => volume.Text.Split(':')[0]).Where(path => path.StartsWith("./", StringComparison.Ordinal)),
            path => Assert.True(Path.Exists(Path.Combine(Repository.Root, path)), path));

    [Fact]
    public void The_product_runs_without_rights_on_a_file_system_that_it_cannot_write() =>
        Assert.All(OfTheProduct, service =>
        {
            Assert.Equal("true", service.Value["read_only"].Text);
            Assert.Equal("ALL", Assert.Single(service.Value["cap_drop"].Items).Text);
            Assert.Equal("no-new-privileges:true", Assert.Single(service.Value["security_opt"].Items).Text);
        });

    [Fact]
    public void The_product_understands_what_it_is_told() =>
        Assert.All(OfTheProduct.SelectMany(service => service.Value["environment"].Members.Keys), name => Assert.True(Products.Understand(name), name));

    [Fact]
    public void Each_of_the_product_is_built_of_a_target_that_exists() =>
        Assert.All(OfTheProduct, service => Assert.Contains($" AS {service.Value["build/target"].Text}\n", Dockerfile, StringComparison.Ordinal));

    [Fact]
    public void Images_are_of_a_version() =>
        Assert.All(
            Services.Members.Values.Where(service => !service["build"].Exists).Select(service => service["image"].Text),
            image => Assert.Matches(Tagged(), image));

    [Theory]
    [InlineData(".env", "sqlserver")]
    [InlineData("deploy/compose/postgresql.env", "postgresql")]
    public void Each_database_has_its_settings(string file, string engine)
    {
        var settings = File.ReadLines(Path.Combine(Repository.Root, file)).Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

        Assert.Equal((engine, engine), (settings["COMPOSE_PROFILES"], settings["EVCHARGE_DB"]));
        Assert.Contains(engine, settings["EVCHARGE_CONNECTION_WITHOUT_PASSWORD"], StringComparison.Ordinal);
        Assert.Equal(engine, Assert.Single(Services[engine]["profiles"].Items).Text);
        var demanded = Substituted().Matches(Text).Where(match => !match.Groups["demand"].Success).Select(match => match.Groups["name"].Value).ToHashSet();
        demanded.ExceptWith(Substituted().Matches(Text).Where(match => match.Groups["demand"].Success).Select(match => match.Groups["name"].Value));
        Assert.Subset(settings.Keys.ToHashSet(), demanded);
    }

    [Fact]
    public void Nobody_is_root_in_an_image_of_the_product()
    {
        var stages = Dockerfile.Split("\nFROM ");
        Assert.Contains(stages, stage => stage.Contains("-chiseled-extra AS runtime", StringComparison.Ordinal) && stage.Contains("USER $APP_UID", StringComparison.Ordinal));
        string[] programs = ["silo", "gateway", "standalone"];
        Assert.All(programs, program =>
        {
            var stage = Assert.Single(stages, stage => stage.StartsWith($"runtime AS {program}\n", StringComparison.Ordinal));
            Assert.DoesNotContain("USER", stage, StringComparison.Ordinal);
            Assert.Contains("HEALTHCHECK", stage, StringComparison.Ordinal);
            Assert.Contains("\"--probe\"", stage, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"\A[\w./-]+:[\w.-]*\d[\w.-]*\z")]
    private static partial Regex Tagged();

    [GeneratedRegex(@"\$\{(?<name>\w+)(?<demand>:[?-][^}]*)?\}")]
    private static partial Regex Substituted();
}
