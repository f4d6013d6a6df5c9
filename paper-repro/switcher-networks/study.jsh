// Table 1 of the paper, MNIST: its rows and, at equal epochs and equal sizes, what stands beside them.
import io.coppice.framework.method.Method;

var mnist = mnist().validation(5_000);
var gradual = cubic().from(epochs(2)).until(percent(60));

// ---- LeNet-300-100: 266,200 weights. Chosen on validation: dropout 0.1, 50 epochs, the same for every method.
double all = 266_200;

Method[] lenetMethods = {
    dense(),
    random().global().keep(42_500 / all).oneShot(),
    magnitude().global().keep(47_700 / all).gradually(gradual),
    magnitude().global().keep(42_500 / all).gradually(gradual),
    magnitude().global().keep(26_600 / all).gradually(gradual),
    magnitude().global().keep(13_300 / all).gradually(gradual),
    magnitude().global().keep(8_200 / all).gradually(gradual),
    staticSparse().keep(0.05),
    set().keep(0.05),
    rigl().keep(0.05),
    rigl().keep(42_500 / all),
    ddp(1),
    switcher().connections().budget(42_500),
    switcher().neurons().budget(47_700),
    l0().weights(0.5).optimizer(Adam.of(0.01)).budget(69_300).freezeLast(percent(25)),
    l0().neurons(0.1).optimizer(Adam.of(0.01)),
    l0().neurons(0.1).lambdas(Map.of("fc1", 0.1, "fc2", 1.5, "fc3", 1.0)).optimizer(Adam.of(0.01))};

var lenet = study("LeNet-300-100 on MNIST")
    .data(mnist)
    .model(lenet300100().dropout(0.1))
    .train(sgd(0.05).momentum(0.9).batch(64).epochs(50).learningRate(cosine()))
    .compare(lenetMethods)
    .seeds(1, 2, 3, 4, 5);

// Plain networks with as many weights as the sparse ones keep, from scratch.
StudyWords plain(int first, int second) {
  String widths = "784-%d-%d-10".formatted(first, second);
  return lenet.named("Plain " + widths + " on MNIST")
      .model(mlp(first, second).dropout(0.1))
      .compare(dense().named("plain " + widths));
}

var plain47600 = plain(59, 20);
var plain42500 = plain(53, 15);
var plain13300 = plain(16, 28);
var plain8200 = plain(10, 18);

// The algorithm as the paper prints it: cross-entropy alone, SGD 0.1, alternating epochs.
var literal = study("Switcher networks as printed")
    .data(mnist().validation(10_000))
    .model(lenet300100())
    .train(sgd(0.1).batch(64).epochs(10).learningRate(plateau(0.1, 3)))
    .compare(
        dense(),
        switcher().neurons().literal(),
        switcher().connections().literal())
    .seeds(1, 2, 3);

// ---- LeNet5-Caffe: 25,500 weights in convolutions, which stay whole, and 405,000 in fc1 and fc2. 15 epochs.
double fc = 405_000;

var caffe = study("LeNet5-Caffe on MNIST")
    .data(mnist)
    .model(lenet5Caffe().dropout(0.1))
    .train(sgd(0.02).momentum(0.9).batch(64).epochs(15).learningRate(cosine()))
    .compare(
        dense(),
        random().layers("fc1", "fc2").global().keep(31_600 / fc).oneShot(),
        magnitude().layers("fc1", "fc2").global().keep(31_600 / fc).gradually(gradual),
        magnitude().layers("fc1", "fc2").global().keep(4_000 / fc).gradually(gradual),
        rigl().layers("fc1", "fc2").keep(31_600 / fc),
        ddp(1),
        switcher().connections().budget(31_600),
        switcher().neurons().budget(36_200),
        l0().neurons(0.1).optimizer(Adam.of(0.01)),
        l0().neurons(0.1).lambdas(Map.of("fc1", 0.5, "fc2", 0.1)).optimizer(Adam.of(0.01)))
    .seeds(1, 2, 3);

var plainCaffe = caffe.named("LeNet5-Caffe with 39 hidden neurons on MNIST")
    .model(lenet5Caffe().neurons(39).dropout(0.1))
    .compare(dense().named("plain 20-50-800-39"));

var literalCaffe = caffe.named("LeNet5-Caffe as printed")
    .model(lenet5Caffe())
    .train(sgd(0.1).batch(64).epochs(10).learningRate(plateau(0.1, 3)))
    .compare(
        dense(),
        switcher().neurons().literal(),
        switcher().connections().literal());
