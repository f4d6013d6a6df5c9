// The smallest network at 98.43 % and at 98.36 %, by what has done best on validation, in sizes where it may be the smallest.
import io.coppice.framework.method.Method;

double all = 266_200;
var gradual = cubic().from(epochs(2)).until(percent(60));

Method[] sizes() {
  List<Method> methods = new ArrayList<>(List.of(dense(), random().global().keep(13_300 / all).oneShot()));
  for (int weights : new int[] {26_600, 13_300, 10_600, 8_200}) {
    methods.add(magnitude().global().keep(weights / all).gradually(gradual));
  }
  methods.add(gradient().global().keep(13_300 / all).gradually(gradual));
  methods.addAll(List.of(rigl().keep(42_500 / all), rigl().keep(0.05)));
  for (double lambda : new double[] {0.5, 1, 1.5}) {
    methods.add(l0().weights(lambda).optimizer(Adam.of(0.01)).budget(69_300).freezeLast(percent(25)));
  }
  methods.addAll(
      List.of(switcher().connections().budget(42_500), switcher().connections().budget(13_300)));
  return methods.toArray(Method[]::new);
}

var smallest = study("Smallest, 50 epochs, dropout 0.1")
    .data(mnist().validation(5_000))
    .model(lenet300100().dropout(0.1))
    .train(sgd(0.05).momentum(0.9).batch(64).epochs(50).learningRate(cosine()))
    .compare(sizes())
    .seeds(1, 2, 3, 4, 5);
