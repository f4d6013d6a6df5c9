// The algorithm as printed, in every reading that its text allows. When does it collapse, when does it open again?
import io.coppice.framework.method.Method;
import io.coppice.framework.method.gates.*;
import io.coppice.framework.training.LearningRate;

Switcher reading(boolean neurons) {
  return neurons ? switcher().neurons().literal() : switcher().connections().literal();
}

UNet reads(UNet.Input input, boolean openStart) {
  return new UNet(List.of(4, 8, 8), input, openStart);
}

Method[] readings(boolean neurons) {
  Switcher printed = reading(neurons);
  String gates = neurons ? "neurons: " : "connections: ";
  return new Method[] {
      printed,
      printed.throughSwitcher(true).named(gates + "gradient through the switcher"),
      printed.phase(new Switcher.Phase(0, 1, 64).everySteps(1)).named(gates + "alternating by step"),
      printed.phase(new Switcher.Phase(0, 1, 64).everySteps(1)).throughSwitcher(true)
          .named(gates + "by step, through the switcher"),
      printed.phase(new Switcher.Phase(1, 0, 64)).named(gates + "weights first"),
      printed.phase(new Switcher.Phase(0, 80, 64)).named(gates + "80 switcher steps"),
      printed.layers(List.of("fc2", "fc3")).named(gates + "inputs not gated"),
      printed.network(reads(UNet.Input.WEIGHT, true)).named(gates + "gates start at 1"),
      printed.network(reads(UNet.Input.WEIGHT_OVER_RMS, false)).named(gates + "reads W/rms(W)"),
      printed.network(reads(UNet.Input.WEIGHT_OVER_RMS, true)).throughSwitcher(true)
          .named(gates + "W/rms(W), start at 1, through the switcher")};
}

Method[] beside = {
    dense(),
    random().global().keep(42_500 / 266_200.0).oneShot(),
    magnitude().global().keep(42_500 / 266_200.0).gradually(cubic().until(percent(60)))};

StudyWords under(String rate, int epochs, LearningRate course, Method... compared) {
  return study("Readings, " + rate)
      .data(mnist().validation(5_000))
      .model(lenet300100())
      .train(sgd(0.1).batch(64).epochs(epochs).learningRate(course))
      .compare(compared)
      .seeds(1, 2, 3);
}

// "Automatic adjusting of learning rates": on a plateau of validation.
var plateau = under("rate falls on a plateau", 10, plateau(0.1, 3),
    Stream.of(beside, readings(true), readings(false)).flatMap(Stream::of).toArray(Method[]::new));

// That falls in epoch 5 at the earliest, when most runs have ended. What outlives it, at a rate that does not fall,
// and the only reading that closes connections and lives, in long runs.
var standing = under("constant rate", 10, constant(),
    readings(true)[4], readings(true)[7], readings(false)[7], readings(false)[9]);
var falling = under("rate falls along a cosine", 20, cosine(), readings(false)[9]);
