// Which method cuts a small network to a fifth of its 15,000 weights and keeps its accuracy?
Results results = study("An MLP on MNIST-1D, cut to a fifth")
    .data(mnist1d().validation(500))
    .model(mlp(100, 100))
    .train(sgd(0.05).momentum(0.9).batch(50).epochs(40).learningRate(cosine()))
    .compare(
        dense(),
        random().global().keep(0.2).oneShot(),
        magnitude().global().keep(0.2).gradually(cubic().from(epochs(2)).until(percent(70))),
        rigl().keep(0.2),
        l0().weights(0.0005).optimizer(Adam.of(0.01)).budget(3_000).freezeLast(percent(25)),
        switcher().connections().budget(3_000),
        switcher().neurons().budget(3_000))
    .seeds(1, 2, 3)
    .run();
