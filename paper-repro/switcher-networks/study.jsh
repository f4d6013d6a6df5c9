// LeNet-300-100 on MNIST at the sizes of Table 1, every method with the same training.
// Chosen on validation: dropout 0.1 (0.0 was worse for dense and for magnitude), 50 epochs.
double all = 266_200;
var gradual = cubic().from(epochs(2)).until(percent(60));

Results table1 = study("LeNet-300-100 on MNIST")
    .data(mnist().validation(5_000))
    .model(lenet300100().dropout(0.1))
    .train(sgd(0.05).momentum(0.9).batch(64).epochs(50).learningRate(cosine()))
    .compare(
        dense(),
        random().global().keep(42_500 / all).oneShot(),
        magnitude().global().keep(42_500 / all).gradually(gradual),
        magnitude().global().keep(13_300 / all).gradually(gradual),
        magnitude().global().keep(8_200 / all).gradually(gradual),
        staticSparse().keep(0.05),
        set().keep(0.05),
        rigl().keep(0.05),
        switcher().connections().budget(42_500),
        switcher().neurons().budget(47_700),
        l0().weights(0.5).optimizer(Adam.of(0.01)).budget(69_300).freezeLast(percent(25)))
    .seeds(1, 2, 3)
    .run();
