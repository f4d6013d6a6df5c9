package io.coppice.engines.pytorch;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * What Coppice uses of the C functions that libtorch exports for compiled models. A tensor is named
 * by its DJL handle. The calls are mapped directly, with primitive arguments only: a tenth of a
 * microsecond each.
 */
final class Libtorch {
  private static final Memory IS_LEAF = text("aten::is_leaf");
  private static final Memory VERSION = text("aten::_version");
  private static final Memory NO_OVERLOAD = text("");

  static {
    Native.register(Libtorch.class, EngineLibrary.open("torch_cpu"));
  }

  private Libtorch() {}

  private static native int aoti_torch_get_data_ptr(long tensor, long[] address);

  private static native int aoti_torch_get_strides(long tensor, long[] address);

  private static native int aoti_torch_copy_(long tensor, long source, int nonBlocking);

  private static native int aoti_torch_new_tensor_handle(long tensor, long[] handle);

  private static native int aoti_torch_assign_tensors(long source, long target);

  private static native int aoti_torch_call_dispatcher(long name, long overload, long[] stack);

  /** The address of a dense tensor's first element, on whatever device; 0 for an empty one. */
  static long address(long tensor) {
    long[] address = new long[1];
    check("aoti_torch_get_data_ptr", aoti_torch_get_data_ptr(tensor, address));
    return address[0];
  }

  /** The strides of a dense tensor, in elements. */
  static long[] strides(long tensor, int dimensions) {
    long[] address = new long[1];
    check("aoti_torch_get_strides", aoti_torch_get_strides(tensor, address));
    return dimensions == 0 ? new long[0] : new Pointer(address[0]).getLongArray(0, dimensions);
  }

  /** Copies elements between tensors of one shape, whatever their strides, types and devices. */
  static void copy(long source, long target) {
    check("aoti_torch_copy_", aoti_torch_copy_(target, source, 0));
  }

  /** Another handle of the same tensor, to be deleted by its own. */
  static long sameTensor(long tensor) {
    long[] handle = new long[1];
    check("aoti_torch_new_tensor_handle", aoti_torch_new_tensor_handle(tensor, handle));
    return handle[0];
  }

  /** Lets the target's handle name the source's tensor, as the source's goes on doing. */
  static void assign(long source, long target) {
    check("aoti_torch_assign_tensors", aoti_torch_assign_tensors(source, target));
  }

  /** Whether no operation inside a graph made the tensor. */
  static boolean isLeaf(long tensor) {
    return (ask(IS_LEAF, tensor) & 0xff) != 0;
  }

  /** How often the tensor's elements were changed in place, by the engine's own operations. */
  static long version(long tensor) {
    return ask(VERSION, tensor);
  }

  /** What an operation of libtorch's dispatcher says of a tensor. */
  private static long ask(Memory operation, long tensor) {
    // the dispatcher deletes the handle that it is given and writes the answer in its place
    long[] stack = {sameTensor(tensor)};
    check(
        "aoti_torch_call_dispatcher",
        aoti_torch_call_dispatcher(
            Pointer.nativeValue(operation), Pointer.nativeValue(NO_OVERLOAD), stack));
    return stack[0];
  }

  /** Refuses a status that is an error. */
  static void check(String function, int error) {
    if (error != 0) {
      throw new IllegalStateException("libtorch's " + function + " failed with code " + error);
    }
  }

  private static Memory text(String value) {
    Memory memory = new Memory(value.length() + 1);
    memory.setString(0, value);
    return memory;
  }
}
