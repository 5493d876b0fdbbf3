using Microsoft.Extensions.Options;

namespace EvCharge.Grains.Models;

/// <summary>Section <c>ChargerModels</c>: files that tell what charger models need.</summary>
public sealed class ModelOptions
{
    public const string Section = "ChargerModels";

    /// <summary>
    /// A folder with files of the operator's own, <c>*.json</c>, which are read at the start and win over those of the product;
    /// each silo needs the same. Default none.
    /// </summary>
    public string? Folder { get; set; }
}

/// <summary>Refuses the start when a file of the operator's is wrong, and says which and where.</summary>
internal sealed class ModelOptionsCheck : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        try
        {
            ModelCatalog.Read(options.Folder);
            return ValidateOptionsResult.Success;
        }
        catch (ModelFileException wrong)
        {
            return ValidateOptionsResult.Fail(wrong.Message);
        }
    }
}
