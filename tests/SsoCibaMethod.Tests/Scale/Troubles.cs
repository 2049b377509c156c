namespace SsoCibaMethod.Tests.Scale;

/// <summary>What befalls nodes.</summary>
internal sealed class Troubles(ScaleSimulation world, List<SimulatedNode> nodes)
{
    /// <param name="addNode">Called for each node that takes the place of one that is gone.</param>
    public void Begin(Action addNode) => world.Clock.After(ScaleSimulation.AllJoined, () => BeginAll(addNode));

    private void BeginAll(Action addNode)
    {
        Often("nodes killed", node => Lose(node, addNode));
        Often("nodes frozen for longer than the lease", node => node.Freeze(world.Chance.Between(10, 40)));
        Often("nodes frozen for less", node => node.Freeze(world.Chance.Between(0.1, 8)));
        Often("nodes frozen between check and send", node => node.FreezesAtNextCheck = true);
        Often("nodes cut off from the store", node => node.CutOff(world.Chance.Between(2, 60)));
        Often("nodes stopped in order", node =>
        {
            _ = nodes.Remove(node);
            node.Leave(() => world.Clock.After(world.Chance.Between(1, 20), addNode));
        });
        world.Clock.At(world.Settings.Duration * 0.4, () =>
        {
            for (var i = world.Settings.Nodes * world.Settings.LostAtOnce / 100; i > 0; i--)
            {
                Befall("nodes lost at once", node => Lose(node, addNode));
            }
        });
    }

    private void Lose(SimulatedNode node, Action addNode)
    {
        world.Clock.After(world.Chance.Between(0, 1), node.Kill);
        _ = nodes.Remove(node);
        world.Clock.After(world.Chance.Between(5, 30), addNode);
    }

    private void Often(string what, Action<SimulatedNode> trouble)
    {
        world.Clock.After(world.Chance.Exponential(60.0 / world.Settings.TroublesAMinute), () =>
        {
            if (world.Clock.Now < world.Settings.Duration)
            {
                Befall(what, trouble);
                Often(what, trouble);
            }
        });
    }

    private void Befall(string what, Action<SimulatedNode> trouble)
    {
        var node = nodes[world.Chance.Below(nodes.Count)];
        if (!node.IsFrozen && !node.IsGone)
        {
            world.Report.Count(what);
            trouble(node);
        }
    }
}
