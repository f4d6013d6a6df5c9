package io.coppice.framework.ops;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Opens one home of the sparse operations; found by {@link ServiceLoader}. */
public interface SparseOpsProvider {

  /** Whether the home is for memory of this device; asked without a look at the machine. */
  default boolean serves(Device device) {
    return device.equals(Device.cpu());
  }

  /** The operations on a device of that kind, or empty where they cannot serve on this machine. */
  Optional<SparseOps> open(Device device);

  /** One line: what the home uses on this machine, or what is missing and how to get it. */
  String availability();

  /** The providers on the class path, in its order. */
  static List<SparseOpsProvider> all() {
    return ServiceLoader.load(SparseOpsProvider.class, SparseOpsProvider.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Those of them that are for a device. */
  static List<SparseOpsProvider> of(Device device) {
    return all().stream().filter(provider -> provider.serves(device)).toList();
  }

  /** Why none of the providers for a device serves it. */
  static MissingOpsException missing(Device device, List<SparseOpsProvider> providers) {
    String reasons =
        providers.isEmpty()
            ? "coppice-engine-sparse-ops is not on the class path, or knows no such device"
            : providers.stream()
                .map(SparseOpsProvider::availability)
                .collect(Collectors.joining("; "));
    return new MissingOpsException(
        "no sparse operations serve " + device + ": " + reasons + ". Dense layers serve there");
  }
}
