// What a method costs beside dense: seconds and memory, on one thread of a quiet machine, each method in a process of its
// own. Ten epochs, and the schedules of the long runs made short; accuracies are no results.
var gradual = cubic().from(epochs(2)).until(percent(60));
double all = 266_200;

var cost = study("Cost, ten epochs")
    .data(mnist().validation(5_000))
    .model(lenet300100().dropout(0.1))
    .train(sgd(0.05).momentum(0.9).batch(64).epochs(10).learningRate(cosine()))
    .compare(
        dense(),
        random().global().keep(42_500 / all).oneShot(),
        magnitude().global().keep(42_500 / all).gradually(gradual),
        staticSparse().keep(0.05),
        set().keep(0.05),
        rigl().keep(0.05),
        ddp(1),
        switcher().connections().budget(42_500),
        switcher().neurons().budget(47_700),
        l0().weights(0.5).optimizer(Adam.of(0.01)).freezeLast(percent(25)),
        l0().neurons(0.1).optimizer(Adam.of(0.01)))
    .seeds(1, 2, 3);
