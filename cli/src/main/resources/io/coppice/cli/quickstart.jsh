// How small can the MNIST-1D network get, and which method keeps its accuracy?
Results results = study("MLP on MNIST-1D")
    .data(mnist1d())
    .model(mnist1dMlp())
    .train(adam(0.001).batch(100).epochs(40))
    .compare(
        dense(),
        random().keep(0.2),
        magnitude().keep(0.2),
        rigl().keep(0.2),
        l0(),
        switcher().neurons(),
        switcher().connections())
    .seeds(1, 2, 3)
    .run();
