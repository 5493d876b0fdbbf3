using System.Diagnostics;

namespace EvCharge.HouseTests.Deployment;

/// <summary>The manifests of deploy/k8s: what they name exists, and what must not be left out is there.</summary>
public sealed class ManifestTests
{
    private const string Folder = "deploy/k8s";
    private const string Label = "app.kubernetes.io/name";

    private static readonly YamlNode[] All =
        [.. Repository.Files($"{Folder}/base", ".yaml").Where(file => file.Name != "kustomization.yaml").SelectMany(file => YamlNode.Read(file.Text))];

    private static readonly string[] Overlays = [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, Folder, "overlays")).Order()];

    private static IEnumerable<YamlNode> Deployments => OfKind("Deployment");

    /// <summary>With the Job.</summary>
    private static IEnumerable<YamlNode> Pods => Deployments.Concat(OfKind("Job")).Select(one => one["spec/template"]);

    [Fact]
    public void The_base_names_each_of_its_files()
    {
        var files = Repository.Files($"{Folder}/base", ".yaml").Select(file => file.Name).Where(name => name != "kustomization.yaml");

        Assert.Equal(files.Order(), Kustomization($"{Folder}/base")["resources"].Items.Select(item => item.Text).Order());
    }

    [Fact]
    public void There_is_a_deployment_for_each_role_with_two_of_it_and_one_away_at_most() =>
        Assert.All(["silo", "gateway-ocpp", "gateway-api"], name =>
        {
            var deployment = Assert.Single(Deployments, one => NameOf(one) == name);
            Assert.Equal("2", deployment["spec/replicas"].Text);
            Assert.Equal("0", deployment["spec/strategy/rollingUpdate/maxUnavailable"].Text);
            Assert.Equal(name, LabelOf(deployment["spec/selector/matchLabels"]));
            Assert.Equal(name, LabelOf(deployment["spec/template/metadata/labels"]));
            var budget = Assert.Single(OfKind("PodDisruptionBudget"), one => NameOf(one) == name);
            Assert.Equal((name, "1"), (LabelOf(budget["spec/selector/matchLabels"]), budget["spec/maxUnavailable"].Text));
            Assert.Equal(name, LabelOf(Assert.Single(deployment["spec/template/spec/topologySpreadConstraints"].Items)["labelSelector/matchLabels"]));
        });

    [Fact]
    public void No_process_is_root_or_writes_where_it_runs_or_speaks_to_Kubernetes() =>
        Assert.All(Pods, pod =>
        {
            Assert.Equal("true", pod["spec/securityContext/runAsNonRoot"].Text);
            Assert.Equal("RuntimeDefault", pod["spec/securityContext/seccompProfile/type"].Text);
            Assert.Equal("false", pod["spec/automountServiceAccountToken"].Text);
            var container = Assert.Single(pod["spec/containers"].Items);
            Assert.Equal("false", container["securityContext/allowPrivilegeEscalation"].Text);
            Assert.Equal("true", container["securityContext/readOnlyRootFilesystem"].Text);
            Assert.Equal("ALL", Assert.Single(container["securityContext/capabilities/drop"].Items).Text);
            Assert.True(container["resources/requests/memory"].Exists && container["resources/limits/memory"].Exists);
        });

    [Fact]
    public void Each_process_is_asked_for_its_health_at_a_port_that_it_has() =>
        Assert.All(Deployments, deployment =>
        {
            var container = deployment["spec/template/spec/containers"].Items.Single();
            var ports = container["ports"].Items.Select(port => port["name"].Text).ToList();
            Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe =>
            {
                Assert.Equal(probe == "readinessProbe" ? "/health/ready" : "/health/live", container[$"{probe}/httpGet/path"].Text);
                Assert.Contains(container[$"{probe}/httpGet/port"].Text, ports);
            });
        });

    [Fact]
    public void Services_scalers_and_ways_in_lead_to_what_exists()
    {
        Assert.All(OfKind("Service"), service => Assert.Contains(LabelOf(service["spec/selector"]), Deployments.Select(NameOf)));
        Assert.All(OfKind("HorizontalPodAutoscaler"), scaler => Assert.Contains(scaler["spec/scaleTargetRef/name"].Text, Deployments.Select(NameOf)));
        Assert.All(
            OfKind("HorizontalPodAutoscaler").SelectMany(scaler => scaler["spec/metrics"].Items).Where(metric => metric["pods"].Exists),
            metric => Assert.Contains(metric["pods/metric/name"].Text, Products.Metrics.Values));
        var ways = OfKind("Ingress").SelectMany(ingress => ingress["spec/rules"].Items).SelectMany(rule => rule["http/paths"].Items).ToList();
        Assert.NotEmpty(ways);
        Assert.All(ways, way => Assert.Contains(way["backend/service/name"].Text, OfKind("Service").Select(NameOf)));
    }

    /// <summary>docs/operating/cluster.md: a gateway drains for Ocpp:DrainSeconds, by default 20 s, and ends within 15 s more.</summary>
    [Fact]
    public void A_gateway_has_time_to_send_its_chargers_away()
    {
        var pod = Assert.Single(Deployments, one => NameOf(one) == "gateway-ocpp")["spec/template/spec"];
        var grace = int.Parse(pod["terminationGracePeriodSeconds"].Text, null);
        var pause = int.Parse(pod["containers"].Items.Single()["lifecycle/preStop/sleep/seconds"].Text, null);

        Assert.InRange(pause, 1, 30);
        Assert.True(grace >= pause + 20 + 15, $"{grace} s");
    }

    [Fact]
    public void Nobody_but_the_cluster_reaches_the_ports_of_silos()
    {
        Assert.Contains(OfKind("NetworkPolicy"), policy => policy["spec/podSelector"].Members.Count == 0 && !policy["spec/ingress"].Exists);
        var silo = Assert.Single(OfKind("NetworkPolicy"), policy => NameOf(policy) == "silo");
        var inner = silo["spec/ingress"].Items.Where(rule => rule["ports"].Items.Any(port => port["port"].Text is "11111" or "30000")).ToList();
        Assert.NotEmpty(inner);
        Assert.All(inner.SelectMany(rule => rule["from"].Items), from => Assert.False(from["namespaceSelector"].Exists || from["ipBlock"].Exists));
        Assert.All(silo["spec/ingress"].Items, rule => Assert.NotEmpty(rule["from"].Items));
    }

    [Fact]
    public void The_product_understands_what_it_is_told() =>
        Assert.All(
            Pods.SelectMany(pod => pod["spec/containers"].Items).SelectMany(container => container["env"].Items).Select(variable => variable["name"].Text),
            name => Assert.True(Products.Understand(name), name));

    [Fact]
    public void Each_overlay_makes_the_secrets_that_are_asked_for_and_says_what_is_in_them()
    {
        var secrets = Pods.SelectMany(pod => pod.All).Select(node => node["secretRef/name"].Text).Where(name => name.Length > 0).Distinct().Order().ToList();

        Assert.All(Overlays, overlay =>
        {
            var made = YamlNode.Read(File.ReadAllText(Path.Combine(overlay, "kustomization.yaml"))).Single();
            Assert.Equal(secrets, made["secretGenerator"].Items.Select(secret => secret["name"].Text).Order());
            var examples = made["secretGenerator"].Items.SelectMany(secret => secret["envs"].Items).Select(file => Path.Combine(overlay, $"{file.Text}.example"));
            Assert.All(examples.SelectMany(File.ReadLines), line => Assert.True(Products.Understand(line.Split('=')[0]), line));
            Assert.All(made["configMapGenerator"].Items.Single()["literals"].Items, literal => Assert.True(Products.Understand(literal.Text.Split('=')[0]), literal.Text));
        });
    }

    [Fact]
    public async Task Kustomize_builds_each_overlay_where_it_is_found()
    {
        var version = await Run("kubectl", "version", "--client");
        Assert.SkipUnless(
            version.Output.Contains("Kustomize Version: v5", StringComparison.Ordinal), "EVCHARGE_LONG_RUN: there is no kubectl with kustomize 5.");
        foreach (var overlay in Overlays)
        {
            var copy = Directory.CreateTempSubdirectory("kustomize-").FullName;
            try
            {
                foreach (var file in Repository.Files(Folder, ".yaml", ".example"))
                {
                    var path = Path.Combine(copy, Path.GetRelativePath(Folder, file.Path)).Replace(".env.example", ".env", StringComparison.Ordinal);
                    Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                    File.WriteAllText(path, file.Text);
                }

                var built = await Run("kubectl", "kustomize", Path.Combine(copy, "overlays", Path.GetFileName(overlay)));
                Assert.True(built.Code == 0, built.Output);
                Assert.Equal(All.Length + 4, YamlNode.Read(built.Output).Count); // the settings and three secrets are made
            }
            finally
            {
                Directory.Delete(copy, recursive: true);
            }
        }
    }

    private static IEnumerable<YamlNode> OfKind(string kind) => All.Where(one => one["kind"].Text == kind);

    private static YamlNode Kustomization(string folder) =>
        YamlNode.Read(File.ReadAllText(Path.Combine(Repository.Root, folder, "kustomization.yaml"))).Single();

    private static string NameOf(YamlNode one) => one["metadata/name"].Text;

    private static string LabelOf(YamlNode labels) => labels.Members.GetValueOrDefault(Label)?.Text ?? "";

    /// <returns>What it printed, and what it complained of; -1 when there is no such program.</returns>
    private static async Task<(int Code, string Output)> Run(string program, params string[] arguments)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = run.StandardError.ReadToEndAsync();
            var output = await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            return (run.ExitCode, output + await errors);
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, missing.Message);
        }
    }
}
