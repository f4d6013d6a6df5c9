// How what is thrown becomes a number and a sentence: nothing may be thrown over the C interface.
#ifndef COPPICE_STATUS_H
#define COPPICE_STATUS_H

#include <cstdint>
#include <exception>
#include <new>
#include <stdexcept>

namespace coppice {

enum Status : int32_t { kDone = 0, kNoMemory = 1, kTooLarge = 2, kRefused = 3, kFailed = 4 };

/** Keeps the sentence for the calling thread, and gives the status. */
Status because(Status status, const char* sentence) noexcept;

/** The sentence of this thread's last call that was not done. */
const char* lastSentence() noexcept;

template <class Call>
Status statusOf(Call call) noexcept {
  try {
    call();
    return kDone;
  } catch (const std::bad_alloc&) {
    return because(kNoMemory, "there is no memory");
  } catch (const std::length_error& error) {
    return because(kTooLarge, error.what());
  } catch (const std::invalid_argument& error) {
    return because(kRefused, error.what());
  } catch (const std::exception& error) {
    return because(kFailed, error.what());
  } catch (...) {
    return because(kFailed, "what failed is not known");
  }
}

}  // namespace coppice

#endif
