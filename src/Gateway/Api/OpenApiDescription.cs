using System.Text.Json;
using EvCharge.Gateway.Security;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace EvCharge.Gateway.Api;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDescription
{
    private const string Document = "v1";

    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
        options.AddDocumentTransformer(Describe);
        options.AddSchemaTransformer(DescribeConnectorList);
        options.AddSchemaTransformer(DescribeViews);
        options.AddOperationTransformer(NameQueryInCamelCase);
    });

    public static void MapDescription(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapOpenApi().RequirePermission(Permission.SignedIn);

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancelled)
    {
        document.Info = new OpenApiInfo
        {
            Title = "EvCharge",
            Version = "1",
            Description = "Charging station management: sites, chargers, tags, transactions, and OCPP calls.",
        };

        // Under whatever name the API is reached, so that the document is the same everywhere.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
            ["apiKey"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = BearerHandler.ApiKeyHeader,
            },
        };
        document.Security =
        [
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
        ];
        return Task.CompletedTask;
    }

    /// <summary>Members of a record that stands for a query are named as in the body, though either case is taken.</summary>
    private static Task NameQueryInCamelCase(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancelled)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            if (parameter is { In: ParameterLocation.Query, Name: { } name })
            {
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(name);
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>All members of what is answered are always there; those of a record without a constructor count as optional otherwise.</summary>
    private static Task DescribeViews(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancelled)
    {
        if (context.JsonTypeInfo.Type == typeof(ChargerView) || context.JsonTypeInfo.Type == typeof(ConnectorView))
        {
            schema.Required = schema.Properties?.Keys.ToHashSet(StringComparer.Ordinal);
        }

        return Task.CompletedTask;
    }

    /// <summary>A type with a converter of its own has no schema but the one it is given.</summary>
    private static async Task DescribeConnectorList(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancelled)
    {
        if (context.JsonTypeInfo.Type != typeof(ConnectorList))
        {
            return;
        }

        var item = await context.GetOrCreateSchemaAsync(typeof(ConnectorInput), cancellationToken: cancelled);
        schema.OneOf =
        [
            new OpenApiSchema
            {
                Type = JsonSchemaType.Integer, Minimum = "1", Maximum = $"{ConnectorList.MaxConnectors}",
            },
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = item },
        ];
    }
}
