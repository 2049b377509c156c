using Microsoft.Extensions.Configuration;

namespace SsoCibaMethod.Methods;

/// <summary>Reads a section of configuration into options, strictly: what is unknown or of the wrong form becomes a fault that names the cure.</summary>
internal static class CibaSettingsReader
{
    public static void Read(IConfigurationSection section, CibaOptions options)
    {
        foreach (var name in Names(section, ""))
        {
            if (CibaSettings.Find(name) is not { } setting)
            {
                options.BindingFaults.Add($"{name} is no setting; did you mean {CibaSettings.Nearest(name)}?");
                continue;
            }

            if (Apply(setting, section.GetSection(setting.Name), options) is { } fault)
            {
                options.BindingFaults.Add($"{setting.Name} {fault}.");
            }
        }
    }

    private static string? Apply(CibaSetting setting, IConfigurationSection section, CibaOptions options)
    {
        try
        {
            return setting.Apply(options, section);
        }
        catch (ArgumentException)
        {
            // A callback path must look like one before the framework's type takes it.
            return $"is \"{section.Value}\", which is not possible here (a path begins with /)";
        }
    }

    // A list is one name, whatever its items; a section that is no setting itself stands for the names below it.
    private static IEnumerable<string> Names(IConfigurationSection section, string prefix)
    {
        foreach (var child in section.GetChildren())
        {
            var name = prefix + child.Key;
            var below = child.GetChildren().Any();
            if (!below || CibaSettings.Find(name)?.Kind is CibaSettingKind.List or CibaSettingKind.Json or CibaSettingKind.Map or CibaSettingKind.FileMap)
            {
                yield return name;
                continue;
            }

            if (child.Value is not null && CibaSettings.Find(name) is not null)
            {
                // A flag of its own, with more below it: one in the file, the other in the environment.
                yield return name;
            }

            foreach (var nested in Names(child, name + ":"))
            {
                yield return nested;
            }
        }
    }
}
