// The algorithm as the paper prints it: cross-entropy alone, SGD 0.1, alternating epochs.
Results literal = study("Switcher networks as printed")
    .data(mnist().validation(10_000))
    .model(lenet300100())
    .train(sgd(0.1).batch(64).epochs(10).learningRate(plateau(0.1, 3)))
    .compare(
        dense(),
        switcher().neurons().literal(),
        switcher().connections().literal())
    .seeds(1, 2, 3)
    .run();
