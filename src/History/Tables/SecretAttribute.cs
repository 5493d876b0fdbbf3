namespace EvCharge.History.Tables;

/// <summary>Marks a column that never leaves the database with an export.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
