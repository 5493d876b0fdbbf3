namespace EvCharge.Contracts.Commissioning;

/// <summary>Tests a charger before it is put to work; key <see cref="Domain.Identity.ChargerId"/>.</summary>
[Alias("evc.ICommissioningGrain")]
public interface ICommissioningGrain : IGrainWithStringKey
{
    /// <summary>
    /// Begins to take the steps of a test that is stored as running, until they are done or it is stored otherwise. Comes back when
    /// it is sure that its end will be stored.
    /// </summary>
    [Alias("Run")]
    ValueTask Run(CommissioningOrder order);
}

/// <param name="Report">The id under which the test is stored.</param>
/// <param name="IdTag">What a transaction is started with. It is not stored.</param>
[GenerateSerializer, Immutable, Alias("evc.CommissioningOrder")]
public sealed record CommissioningOrder([property: Id(0)] long Report, [property: Id(1)] string IdTag);
