// The tests wait for polls, they do not compute: more classes than there are cores run at once.
[assembly: CollectionBehavior(MaxParallelThreads = 12)]
