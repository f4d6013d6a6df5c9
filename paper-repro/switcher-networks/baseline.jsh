// "Sparser and more accurate than the baseline": than which baseline? Dense networks, tuned with the same effort,
// beside magnitude pruning with the same training at 42.5K weights.
StudyWords tuned(double rate, double momentum, double dropout) {
  String name = "Baseline, rate %s, momentum %s, dropout %s".formatted(rate, momentum, dropout);
  return study(name)
      .data(mnist().validation(5_000))
      .model(lenet300100().dropout(dropout))
      .train(sgd(rate).momentum(momentum).batch(64).epochs(50).learningRate(cosine()))
      .compare(
          dense(),
          magnitude().global().keep(42_500 / 266_200.0)
              .gradually(cubic().from(epochs(2)).until(percent(60))))
      .seeds(1, 2, 3);
}

var printed = tuned(0.1, 0, 0);
var momentum = tuned(0.05, 0.9, 0);
var slower = tuned(0.02, 0.9, 0);
var dropout = tuned(0.05, 0.9, 0.1);
var more = tuned(0.05, 0.9, 0.2);
var most = tuned(0.05, 0.9, 0.3);
var slowerDropout = tuned(0.02, 0.9, 0.2);

var plateau = printed.named("Baseline as printed, rate falls on a plateau")
    .train(sgd(0.1).batch(64).epochs(50).learningRate(plateau(0.1, 3)));
