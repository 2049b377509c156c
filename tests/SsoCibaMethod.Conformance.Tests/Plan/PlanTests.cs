namespace SsoCibaMethod.Conformance.Tests;

/// <summary>No module of the plan is left out, and none is made up.</summary>
[Trait("Spec", "K-2")]
public class PlanTests
{
    private static readonly IReadOnlyDictionary<string, string> NoReasons = new Dictionary<string, string>();

    [Fact]
    public void The_plan_has_29_modules() => Assert.Equal(29, ModuleNames.All.Distinct().Count());

    [Fact]
    public void Each_module_has_one_handler_or_a_reason() =>
        Assert.Empty(Plan.Faults(ModuleNames.All, [.. Plan.Modules.Select(module => module.Name)], Plan.Reasons));

    [Fact]
    public void A_name_without_a_handler_a_handler_without_a_name_and_a_second_handler_are_each_named() => Assert.Equal(
        ["a has neither a handler nor a reason.", "b has more than one handler.", "c is no module of the plan."],
        Plan.Faults(["a", "b"], ["b", "b", "c"], NoReasons));

    [Fact]
    public void A_reason_must_be_written_be_for_a_module_and_stand_in_for_a_handler() => Assert.Equal(
        ["a has neither a handler nor a reason.", "d is no module of the plan.", "b has a handler and a reason not to have one."],
        Plan.Faults(["a", "b", "c"], ["b"], new Dictionary<string, string> { ["a"] = " ", ["b"] = "written", ["c"] = "written", ["d"] = "written" }));

    [Theory]
    [InlineData("plain_fapi poll private_key_jwt", 22)]
    [InlineData("plain_fapi poll mtls", 22)]
    [InlineData("plain_fapi ping private_key_jwt", 19)]
    [InlineData("plain_fapi ping mtls", 19)]
    [InlineData("openbanking_brazil ping private_key_jwt", 22)]
    [InlineData("connectid_au poll private_key_jwt", 25)]
    public void A_variant_runs_as_many_modules_as_in_the_suite(string variant, int modules) =>
        Assert.Equal(modules, ModuleCase.All.Count(played => played.Variant == Variant.Parse(variant)));

    [Fact]
    public void Each_module_with_a_handler_is_played_in_a_variant() =>
        Assert.Equal(Plan.Modules.Select(module => module.Name).Order(), ModuleCase.All.Select(played => played.Module.Name).Distinct().Order());
}
