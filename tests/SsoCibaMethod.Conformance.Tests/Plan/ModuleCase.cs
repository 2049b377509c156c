using Xunit.Abstractions;

namespace SsoCibaMethod.Conformance.Tests;

/// <summary>A module in a variant it applies to: one case, called by both names.</summary>
public sealed class ModuleCase : IXunitSerializable
{
    private string _module = "";
    private string _variant = "";

    internal static IReadOnlyList<ModuleCase> All { get; } =
        [.. from variant in Variant.All from module in Plan.Modules where module.AppliesTo(variant) select new ModuleCase { _module = module.Name, _variant = variant.ToString() }];

    internal Module Module => Plan.Modules.Single(module => module.Name == _module);

    internal Variant Variant => Variant.Parse(_variant);

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue("module", _module);
        info.AddValue("variant", _variant);
    }

    public void Deserialize(IXunitSerializationInfo info)
    {
        _module = info.GetValue<string>("module");
        _variant = info.GetValue<string>("variant");
    }

    public override string ToString() => $"{_module}, {_variant}";
}
