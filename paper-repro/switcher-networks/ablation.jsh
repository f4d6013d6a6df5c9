// The repaired variant: which of its changes are needed, and how sensitive it is. One change at a time, 20 epochs.
import io.coppice.framework.method.Method;
import io.coppice.framework.method.gates.*;

Switcher repaired(boolean neurons) {
  return neurons ? switcher().neurons().budget(47_700) : switcher().connections().budget(42_500);
}

UNet reads(UNet.Input input, Integer... channels) {
  return new UNet(List.of(channels), input, true);
}

Method[] changes(boolean neurons) {
  Switcher all = repaired(neurons);
  String gates = neurons ? "neurons: " : "connections: ";
  UNet.Input magnitude = UNet.Input.MAGNITUDE_OVER_RMS;
  return new Method[] {
      all,
      all.clip(0).named(gates + "not clipped"),
      all.normaliseGates(false).anchor(0).named(gates + "not normalised"),
      all.anchor(0).named(gates + "not anchored"),
      all.strength(1e-9).named(gates + "no penalty"),
      all.freezeLast(epochs(0)).named(gates + "not frozen"),
      all.freezeLast(percent(25)).named(gates + "frozen for 25 %"),
      all.strength(0.3).named(gates + "λ 0.3"),
      all.strength(1).named(gates + "λ 1"),
      all.strength(2).named(gates + "λ 2"),
      all.network(reads(magnitude, 4, 8)).named(gates + "U-net 4-8"),
      all.network(reads(magnitude, 2, 4, 4)).named(gates + "U-net 2-4-4"),
      all.network(reads(magnitude, 8, 16, 16)).named(gates + "U-net 8-16-16"),
      all.network(reads(magnitude, 4, 8, 8, 8)).named(gates + "U-net 4-8-8-8"),
      all.network(reads(UNet.Input.WEIGHT, 4, 8, 8)).named(gates + "reads W"),
      all.network(reads(UNet.Input.WEIGHT_OVER_RMS, 4, 8, 8)).named(gates + "reads W/rms(W)"),
      all.phase(new Switcher.Phase(1, 40, 256)).named(gates + "40 switcher steps"),
      all.phase(new Switcher.Phase(1, 160, 256)).named(gates + "160 switcher steps")};
}

Method[] beside = {
    dense(),
    random().global().keep(42_500 / 266_200.0).oneShot(),
    magnitude().global().keep(42_500 / 266_200.0).gradually(cubic().until(percent(60))),
    magnitude().global().keep(47_700 / 266_200.0).gradually(cubic().until(percent(60)))};

var ablation = study("Repaired switchers, one change at a time")
    .data(mnist().validation(5_000))
    .model(lenet300100().dropout(0.1))
    .train(sgd(0.05).momentum(0.9).batch(64).epochs(20).learningRate(cosine()))
    .compare(Stream.of(beside, changes(true), changes(false)).flatMap(Stream::of).toArray(Method[]::new))
    .seeds(1, 2, 3);

// Can neurons reach 98.42 % at 47.7K weights? With other dropout, from weights that magnitude pruning has left, taught by
// the dense network, and longer.
Method warm = first(magnitude().global().keep(47_700 / 266_200.0).gradually(cubic().until(percent(75))), percent(30))
    .then(repaired(true));
Method taught = first(dense(), percent(30)).teaching(4, 0.5).then(repaired(true));

StudyWords neurons(int epochs, double dropout, Method... methods) {
  return ablation.named("Repaired neurons, %d epochs, dropout %s".formatted(epochs, dropout))
      .model(lenet300100().dropout(dropout))
      .train(sgd(0.05).momentum(0.9).batch(64).epochs(epochs).learningRate(cosine()))
      .compare(methods);
}

var plain = neurons(50, 0, dense(), repaired(true));
var usual = neurons(50, 0.1, warm, taught);
var more = neurons(50, 0.2, dense(), repaired(true));
var longer = neurons(150, 0.1, dense(), repaired(true));
